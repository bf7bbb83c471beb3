import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing } from './scope.ts';

/** Without being asked for by name, Graph leaves out whether an account is enabled. */
const fields = ['id', 'userPrincipalName', 'accountEnabled', 'userType', 'createdDateTime'];

const User = z.object({
  id: z.guid(),
  userPrincipalName: z.string().min(1),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
  createdDateTime: z.iso.datetime({ offset: true }).nullish(),
});

const types: Readonly<Record<string, 'member' | 'guest'>> = { Member: 'member', Guest: 'guest' };
const silent = 'Microsoft Graph does not tell it (grant: User.Read.All)';

/** Everybody in the directory: members and guests, enabled or not, people or not. */
export const users = dataset.state({
  id: 'microsoft365/users',
  title: 'Users',
  docs: 'https://learn.microsoft.com/graph/api/user-list',
  permissions: ['User.Read.All'],
  tier: 'insurance-mfa',
  personal: ['account names', 'e-mail addresses'],
  speaks: [speaks(Account, ['name', 'enabled', 'userType', 'createdAt'], { lists: true })],
  // The largest page: https://learn.microsoft.com/graph/api/user-list#optional-query-parameters
  requests: () => [listing('/users', { $select: fields.join(','), $top: '999' })],
  lists: [
    dataset.list('/value', User, ({ id, userPrincipalName, accountEnabled, userType, createdDateTime }) => [
      Account.record({
        id,
        name: userPrincipalName,
        enabled: known(accountEnabled, silent),
        userType: known(types[userType ?? ''], silent),
        createdAt: known(createdDateTime && new Date(createdDateTime).toISOString(), silent),
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
