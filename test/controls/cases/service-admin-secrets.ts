import { type Case, denied, more, spoiled, unknown } from '../told.ts';
import { globalAdministrator } from '../worlds.ts';
import { programs } from '../worlds/programs.ts';

const later = { secret: { expiresAt: '2026-12-01T00:00:00.000Z' } };
const harmless = { grant: { permissions: ['User.Read.All'] } };
const holds = { assignment: { account: 'pipeline', accountType: 'service-principal' } };
const byGroup = {
  assignment: { account: 'admins', accountType: 'group' },
  members: [['pipeline', 'program']] as const,
};

export const cases: readonly Case[] = [
  ['its password has ended', programs(), 'pass'],
  ['its password holds', programs(later), 'fail'],
  ['its password has no end', programs({ secret: { expiresAt: 'never' } }), 'fail'],
  ['when its password ends is not told', programs({ secret: { expiresAt: unknown } }), 'no-data'],
  ['what its secret is is not told', programs({ secret: { type: unknown } }), 'no-data'],
  ['whose secret it is is not told', programs({ secret: { account: unknown } }), 'no-data'],
  [
    'the secret that holds is a certificate',
    programs({ secret: { ...later.secret, type: 'program-certificate' } }),
    'pass',
  ],
  [
    'the password that holds belongs to another',
    programs({ ...later, registration: { program: 'app-other' } }),
    'pass',
  ],
  [
    'the password that holds was given where it was let in',
    programs({ secret: { ...later.secret, account: 'pipeline' } }),
    'fail',
  ],
  ['what was registered is not told', programs({ ...later, registration: { program: unknown } }), 'no-data'],
  ['which program it is is not told', programs({ ...later, program: { program: unknown } }), 'no-data'],
  ['it may do nothing of note', programs({ ...later, ...harmless }), 'not-applicable'],
  [
    'it may do something for those who are signed in',
    programs({ ...later, grant: { way: 'for-somebody' } }),
    'not-applicable',
  ],
  ['what it may is not told', programs({ ...later, grant: { permissions: unknown } }), 'no-data'],
  ['in which way it may is not told', programs({ ...later, grant: { way: unknown } }), 'no-data'],
  ['who may is not told', programs({ ...later, grant: { holder: unknown } }), 'no-data'],
  ['it holds a role', programs({ ...later, ...harmless, ...holds }), 'fail'],
  [
    'it holds a role that only reads',
    programs({
      ...later,
      ...harmless,
      assignment: { ...holds.assignment, role: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b' },
    }),
    'not-applicable',
  ],
  ['it is in a group that holds a role', programs({ ...later, ...harmless, ...byGroup }), 'fail'],
  [
    'a group holds a role, and nobody says that it is in it',
    programs({ ...later, ...harmless, assignment: byGroup.assignment }),
    'no-data',
  ],
  [
    'a group holds a role that only reads, and nobody says that it is in it',
    programs({
      ...later,
      ...harmless,
      assignment: { ...byGroup.assignment, role: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b' },
    }),
    'not-applicable',
  ],
  [
    'who is in a group that holds a role is refused',
    denied(programs({ ...later, ...harmless, ...byGroup }), 'microsoft365/role-assignable-group-members'),
    'no-data',
  ],
  [
    'who holds a role is not told',
    programs({ ...later, ...harmless, assignment: { account: unknown } }),
    'no-data',
  ],
  ['it is switched off', programs({ ...later, program: { suspended: true } }), 'not-applicable'],
  [
    'whether it is switched off is not told',
    programs({ ...later, program: { suspended: unknown } }),
    'no-data',
  ],
  ['what was registered is refused', denied(programs(), 'microsoft365/applications'), 'no-data'],
  [
    'what programs may is cut',
    spoiled(programs(harmless), 'microsoft365/app-role-assignments', { partitions: { graph: 'truncated' } }),
    'no-data',
  ],
  [
    'a second one holds a role and has none',
    more(programs(), 'microsoft365/role-assignments', {
      kind: 'role-assignment',
      id: 'second',
      account: 'quiet',
      accountType: 'service-principal',
      role: globalAdministrator,
      scope: '/',
    }),
    'pass',
  ],
];
