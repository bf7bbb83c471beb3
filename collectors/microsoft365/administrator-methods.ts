import { z } from 'zod';
import { RoleAssignment, SignInMethod } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { eachNamed, speaks, type Reading } from '../dataset.ts';
import { roleAssignments } from './role-assignments.ts';
import { dataset, idIn, listing, silent, Time, timeOf, type Scope } from './scope.ts';

type OfUser = { readonly id: string };

const prefix = '#microsoft.graph.';
const Item = z.object({
  '@odata.type': z.string().startsWith(prefix),
  id: z.string().min(1),
  createdDateTime: Time.nullish(),
});

/**
 * What each user who holds a role by name has set up for signing in. Microsoft asks not to do so for everybody, of whom
 * the registration report tells the kinds of methods.
 */
export const administratorMethods = dataset.state<OfUser>({
  id: 'microsoft365/administrator-methods',
  title: 'Authentication methods of those who hold roles',
  docs: 'https://learn.microsoft.com/graph/api/authentication-list-methods',
  permissions: ['UserAuthenticationMethod.Read.All'],
  tier: 'full',
  personal: [],
  speaks: [speaks(SignInMethod, ['account', 'type', 'createdAt'], { lists: true })],
  // What a method is reached by and what its device is called proves nothing; that there is one does.
  secrets: [
    'phoneNumber',
    'emailAddress',
    'displayName',
    'deviceTag',
    'password',
    'temporaryAccessPass',
    'secretKey',
    'pin',
    'standardQRCode',
    'temporaryQRCode',
  ].map((name) => `/value/*/${name}`),
  each: eachNamed(roleAssignments, RoleAssignment, ['account', 'accountType'], ({ account, accountType }) =>
    accountType === 'user' ? [account] : [],
  ),
  requests: (_, { id }) => [listing(`/users/${idIn(id)}/authentication/methods`)],
  lists: [
    dataset.list('/value', Item, (item, { parent }: Reading<Scope, OfUser>) => [
      SignInMethod.record({
        id: `${parent.id}:${item.id}`,
        account: parent.id,
        type: item['@odata.type'].slice(prefix.length).replace(/AuthenticationMethod$/, ''),
        createdAt: known(timeOf(item.createdDateTime), silent),
      }),
    ]),
  ],
});
