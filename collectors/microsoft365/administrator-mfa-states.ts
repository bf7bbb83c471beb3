import { z } from 'zod';
import { Account, RoleAssignment } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { eachNamed, speaks, type Reading } from '../dataset.ts';
import { roleAssignments } from './role-assignments.ts';
import { dataset, idIn, silent, single, type Scope } from './scope.ts';

type OfUser = { readonly id: string };

const Item = z.object({ perUserMfaState: z.string().nullish() });
const states: Readonly<Record<string, 'disabled' | 'enabled' | 'enforced'>> = {
  disabled: 'disabled',
  enabled: 'enabled',
  enforced: 'enforced',
};

/**
 * Whether each user who holds a role by name is asked for a second factor by the setting of old that belongs to the user
 * alone. It takes a request for each, so that it is not asked of everybody; Microsoft tells it in its preview alone.
 */
export const administratorMfaStates = dataset.state<OfUser>({
  id: 'microsoft365/administrator-mfa-states',
  title: 'Per-user MFA of those who hold roles by name',
  docs: 'https://learn.microsoft.com/graph/api/authentication-get',
  permissions: ['Policy.Read.All'],
  personal: [],
  speaks: [speaks(Account, ['perUserMfa'])],
  each: eachNamed(roleAssignments, RoleAssignment, ['account', 'accountType'], ({ account, accountType }) =>
    accountType === 'user' ? [account] : [],
  ),
  requests: (_, { id }) => [{ ...single(`/users/${idIn(id)}/authentication/requirements`), version: 'beta' }],
  lists: [
    dataset.one('', Item, ({ perUserMfaState }, { parent }: Reading<Scope, OfUser>) => [
      Account.record({ id: parent.id, perUserMfa: known(states[perUserMfaState ?? ''], silent) }),
    ]),
  ],
});
