import { type Case, unknown, spoiled, more } from '../told.ts';
import { globalAdministrator, microsoft365 } from '../worlds.ts';

export const cases: readonly Case[] = [
  [
    'a group brings one more',
    microsoft365({ assignment: { account: 'admins', accountType: 'group' }, members: [['cleo', 'user']] }),
    'pass',
  ],
  [
    'a group brings too many',
    microsoft365({
      assignment: { account: 'admins', accountType: 'group' },
      members: ['c', 'd', 'e', 'f'].map((id) => [id, 'user'] as const),
    }),
    'fail',
  ],
  ['two', microsoft365(), 'pass'],
  ['one', microsoft365({ assignment: { role: 'other' } }), 'fail'],
  [
    'two, of whom one has the role in capitals',
    microsoft365({ assignment: { role: '62E90394-69F5-4237-9190-012177145E10' } }),
    'pass',
  ],
  ['the same one twice', microsoft365({ assignment: { account: 'ada' } }), 'fail'],
  [
    'five, one of them in a listing that is cut',
    spoiled(
      more(
        microsoft365(),
        'microsoft365/role-assignments',
        ...['1', '2', '3'].map((id) => ({
          kind: 'role-assignment',
          id,
          account: id,
          accountType: 'user',
          role: globalAdministrator,
          scope: '/',
        })),
      ),
      'microsoft365/role-assignments',
      { partitions: { all: 'partial' } },
    ),
    'fail',
  ],
  [
    'two in a listing that is cut',
    spoiled(microsoft365(), 'microsoft365/role-assignments', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'a group holds it',
    more(microsoft365(), 'microsoft365/role-assignments', {
      kind: 'role-assignment',
      id: 'group',
      account: 'operators',
      accountType: 'group',
      role: globalAdministrator,
      scope: '/',
    }),
    'no-data',
  ],
  ['who holds it is not told', microsoft365({ assignment: { accountType: unknown } }), 'no-data'],
];
