import { type Case, denied, unknown } from '../told.ts';
import { programs } from '../worlds/programs.ts';

const id = '00000007-1111-4222-8333-444444444444';
const foreign = { program: { maker: 'elsewhere', program: id } };
const approved = { approvedPrograms: [id] };
const harmless = { grant: { permissions: ['User.Read', 'offline_access'] } };

export const cases: readonly Case[] = [
  ['the policy names it', programs(foreign), 'pass', approved],
  ['the policy does not', programs(foreign), 'fail'],
  [
    'it acts for somebody who is signed in',
    programs({ ...foreign, grant: { way: 'for-somebody', permissions: ['User.Read', 'Mail.Read'] } }),
    'fail',
  ],
  ['it may do nothing of note', programs({ ...foreign, ...harmless }), 'not-applicable'],
  [
    'it holds a role',
    programs({
      ...foreign,
      ...harmless,
      assignment: { account: 'pipeline', accountType: 'service-principal' },
    }),
    'fail',
  ],
  [
    'it is in a group that holds a role',
    programs({
      ...foreign,
      ...harmless,
      assignment: { account: 'admins', accountType: 'group' },
      members: [['pipeline', 'program']],
    }),
    'fail',
  ],
  ['what it may is not told', programs({ ...foreign, grant: { permissions: unknown } }), 'no-data'],
  [
    'what it may is not told, and the policy names it',
    programs({ ...foreign, grant: { permissions: unknown } }),
    'pass',
    approved,
  ],
  [
    'which program it is is not told',
    programs({ program: { ...foreign.program, program: unknown } }),
    'no-data',
    approved,
  ],
  ['the company made it', programs(), 'not-applicable'],
  [
    'Microsoft made it',
    programs({ program: { maker: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a', builtIn: true } }),
    'not-applicable',
  ],
  [
    'it is a managed identity',
    programs({ program: { maker: unknown, type: 'ManagedIdentity' } }),
    'not-applicable',
  ],
  ['who made it is not told', programs({ program: { maker: unknown } }), 'no-data'],
  [
    'whether Microsoft made it is not told',
    programs({ program: { ...foreign.program, builtIn: unknown } }),
    'no-data',
  ],
  ['what it is is not told', programs({ program: { ...foreign.program, type: unknown } }), 'no-data'],
  ['it is switched off', programs({ program: { ...foreign.program, suspended: true } }), 'not-applicable'],
  ['which tenant this is is refused', denied(programs(), 'microsoft365/organization'), 'no-data'],
  [
    'what programs may is refused',
    denied(programs({ ...foreign, ...harmless }), 'microsoft365/app-role-assignments'),
    'no-data',
  ],
];
