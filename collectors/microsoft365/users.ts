import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing } from './scope.ts';

/** Without being asked for by name, Graph leaves out whether an account is enabled. */
const fields = [
  ...['id', 'userPrincipalName', 'accountEnabled', 'userType', 'createdDateTime'],
  ...['onPremisesSyncEnabled', 'assignedLicenses'],
];

const User = z.object({
  id: z.guid(),
  userPrincipalName: z.string().min(1),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
  createdDateTime: z.iso.datetime({ offset: true }).nullish(),
  // Null says that it never came from there; an answer without it says nothing.
  onPremisesSyncEnabled: z.boolean().nullable().optional(),
  assignedLicenses: z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) })).nullish(),
});

const types: Readonly<Record<string, 'member' | 'guest'>> = { Member: 'member', Guest: 'guest' };
const silent = 'Microsoft Graph does not tell it (grant: User.Read.All)';

/** Everybody in the directory: members and guests, enabled or not, people or not; and by their licences, who has a mailbox. */
export const users = dataset.state({
  id: 'microsoft365/users',
  title: 'Users',
  docs: 'https://learn.microsoft.com/graph/api/user-list',
  permissions: ['User.Read.All'],
  tier: 'insurance-mfa',
  personal: ['account names', 'e-mail addresses'],
  speaks: [
    speaks(
      Account,
      [
        ...(['name', 'enabled', 'userType', 'createdAt'] as const),
        ...(['synchronized', 'licences'] as const),
      ],
      { lists: true },
    ),
  ],
  // The largest page: https://learn.microsoft.com/graph/api/user-list#optional-query-parameters
  requests: () => [listing('/users', { $select: fields.join(','), $top: '999' })],
  lists: [
    dataset.list('/value', User, (user) => [
      Account.record({
        id: user.id,
        name: user.userPrincipalName,
        enabled: known(user.accountEnabled, silent),
        userType: known(types[user.userType ?? ''], silent),
        createdAt: known(user.createdDateTime && new Date(user.createdDateTime).toISOString(), silent),
        synchronized: known(
          user.onPremisesSyncEnabled === undefined ? null : user.onPremisesSyncEnabled === true,
          silent,
        ),
        licences: known(
          user.assignedLicenses?.map(({ skuId, disabledPlans }) => ({ licence: skuId, off: disabledPlans })),
          silent,
        ),
      }),
    ]),
  ],
  neverEmpty: 'a tenant always has an administrator',
  count: {
    what: "Graph's count of users",
    request: () => counting('/users'),
    of: countIn,
  },
});
