import { type Case, unknown, spoiled, without } from '../told.ts';
import { microsoft365 } from '../worlds.ts';

const guest = { name: 'cleo_partner.example#EXT#@larkspur.example', userType: 'guest' };
const held = { assignment: { account: 'cleo' } };
const byGroup = { assignment: { account: 'admins', accountType: 'group' } };

export const cases: readonly Case[] = [
  ['nobody from elsewhere holds a role', microsoft365({ user: guest }), 'pass'],
  ['a guest does', microsoft365({ ...held, user: guest }), 'fail'],
  ['a guest does whose name does not say so', microsoft365({ ...held, user: { userType: 'guest' } }), 'fail'],
  [
    'somebody from elsewhere does whom the tenant calls a member',
    microsoft365({ ...held, user: { ...guest, userType: 'member' } }),
    'fail',
  ],
  [
    'somebody from elsewhere does of whom nobody says what they are',
    microsoft365({ ...held, user: { ...guest, userType: unknown } }),
    'fail',
  ],
  ['of one who does it is not told', microsoft365({ ...held, user: { userType: unknown } }), 'no-data'],
  ['of one who does no name is told', microsoft365({ ...held, user: { name: unknown } }), 'no-data'],
  [
    'the role of a guest only reads',
    microsoft365({
      user: guest,
      assignment: { account: 'cleo', role: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b' },
    }),
    'pass',
  ],
  [
    'the policy calls no role harmless',
    microsoft365({
      user: guest,
      assignment: { account: 'cleo', role: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b' },
    }),
    'fail',
    { unprivilegedRoles: [] },
  ],
  [
    'a guest is in a group that does',
    microsoft365({ ...byGroup, user: guest, members: [['cleo', 'user']] }),
    'fail',
  ],
  [
    'only members are in a group that does',
    microsoft365({ ...byGroup, user: guest, members: [['ada', 'user']] }),
    'pass',
  ],
  [
    'only a program is in a group that does',
    microsoft365({ ...byGroup, members: [['a-program', 'program']] }),
    'pass',
  ],
  ['nobody is named in a group that does', microsoft365(byGroup), 'no-data'],
  ['a program does', microsoft365({ assignment: { accountType: 'service-principal' } }), 'pass'],
  ['whoever does is not among the users', microsoft365({ assignment: { account: 'dora' } }), 'no-data'],
  [
    'the list of users is cut',
    spoiled(microsoft365(), 'microsoft365/users', { partitions: { all: 'truncated' } }),
    'no-data',
  ],
  ['nobody read the users', without(microsoft365(), 'microsoft365/users'), 'no-data'],
  ['what holds the role is not told', microsoft365({ assignment: { accountType: unknown } }), 'no-data'],
  [
    'nobody holds any role',
    spoiled(microsoft365(), 'microsoft365/role-assignments', { records: [] }),
    'not-applicable',
  ],
];
