import { type Case, denied, more, spoiled, unknown, without } from '../told.ts';
import { privileged } from '../worlds/privileged.ts';

const emergency = '00000009-1111-4222-8333-444444444444';
const schedules = 'microsoft365/role-assignment-schedules';
const rules = 'microsoft365/role-management-policies';
const further = '00000008-1111-4222-8333-444444444444';
const group = { assignment: { account: 'admins', accountType: 'group' } };

/** Without the licence Microsoft tells neither who took a role on nor what that takes. */
const unlicensed = [schedules, rules].reduce(
  (world, dataset) => spoiled(world, dataset, { records: [], partitions: { all: 'not-licensed' } }),
  privileged({ services: ['AAD_PREMIUM'] }),
);

export const cases: readonly Case[] = [
  ['whoever holds it took it on', privileged(), 'pass'],
  ['one holds it outright', privileged({ schedule: { standing: 'assigned', until: 'never' } }), 'fail'],
  ['one was given it for a week', privileged({ schedule: { standing: 'assigned' } }), 'fail'],
  [
    'the one who holds it outright is for emergencies',
    privileged({
      assignment: { account: emergency },
      schedule: { account: emergency, standing: 'assigned' },
    }),
    'pass',
    { emergencyAccounts: [emergency] },
  ],
  [
    'one both took it on and holds it outright',
    more(privileged(), schedules, {
      kind: 'role-schedule',
      id: 'active:second',
      account: 'bob',
      role: '62e90394-69f5-4237-9190-012177145e10',
      scope: '/',
      standing: 'assigned',
      by: 'direct',
    }),
    'fail',
  ],
  ['one took it on over a part of the directory', privileged({ schedule: { scope: '/unit' } }), 'no-data'],
  ['one took it on by way of a group', privileged({ schedule: { by: 'group' } }), 'no-data'],
  ['how one holds it is not told', privileged({ schedule: { standing: unknown } }), 'no-data'],
  ['who took it on is refused', denied(privileged(), schedules), 'no-data'],
  ['who took it on is cut', spoiled(privileged(), schedules, { partitions: { all: 'partial' } }), 'no-data'],
  [
    'one holds it outright, and the rest is cut',
    spoiled(privileged({ schedule: { standing: 'assigned' } }), schedules, {
      partitions: { all: 'partial' },
    }),
    'fail',
  ],
  ['a group that users are in holds it', privileged({ ...group, members: [['cleo', 'user']] }), 'no-data'],
  ['a group that programs are in holds it', privileged({ ...group, members: [['p', 'program']] }), 'pass'],
  ['a group holds it, and nobody is named in it', privileged(group), 'no-data'],
  ['a program holds it', privileged({ assignment: { accountType: 'service-principal' } }), 'pass'],
  ['what holds it is not told', privileged({ assignment: { accountType: unknown } }), 'no-data'],
  ['nobody bought what it takes', unlicensed, 'fail'],
  [
    'nobody bought what it takes, and a group holds it',
    [schedules, rules].reduce(
      (world, dataset) => spoiled(world, dataset, { records: [], partitions: { all: 'not-licensed' } }),
      spoiled(
        privileged({ ...group, services: [], members: [['cleo', 'user']] }),
        'microsoft365/role-assignments',
        {
          records: [
            {
              kind: 'role-assignment',
              id: 'one',
              name: 'admins',
              account: 'admins',
              accountType: 'group',
              role: '62e90394-69f5-4237-9190-012177145e10',
              scope: '/',
            },
          ],
        },
      ),
    ),
    'fail',
  ],
  [
    'it is said not to be licensed, and a licence says that it is',
    spoiled(privileged(), schedules, { records: [], partitions: { all: 'not-licensed' } }),
    'no-data',
  ],
  ['what was bought is refused', denied(unlicensed, 'microsoft365/subscribed-skus'), 'no-data'],
  ['what was bought is not told', [...privileged({ services: unknown })], 'pass'],
  [
    'to take it on needs no reason',
    privileged({ rule: { activationNeeds: ['MultiFactorAuthentication'] } }),
    'fail',
  ],
  [
    'to take it on needs no second factor',
    privileged({ rule: { activationNeeds: ['Justification'] } }),
    'fail',
  ],
  [
    'to take it on asks for a context in the place of a second factor',
    privileged({ rule: { activationNeeds: ['Justification'], activationContext: 'c1' } }),
    'pass',
  ],
  [
    'whether it asks for a context is not told',
    privileged({ rule: { activationNeeds: ['Justification'], activationContext: unknown } }),
    'no-data',
  ],
  ['it lasts for a day', privileged({ rule: { activationLasts: 'P1D' } }), 'fail'],
  [
    'it lasts for a day, which the policy allows',
    privileged({ rule: { activationLasts: 'P1D' } }),
    'pass',
    { maximumHours: 24 },
  ],
  ['for how long it lasts is not understood', privileged({ rule: { activationLasts: 'P1M' } }), 'no-data'],
  ['it needs no approval', privileged({ rule: { activationApproval: false } }), 'fail'],
  ['whether it needs approval is not told', privileged({ rule: { activationApproval: unknown } }), 'no-data'],
  ['what it takes is refused', denied(privileged(), rules), 'no-data'],
  ['no rule is about the role', privileged({ rule: { role: 'another' } }), 'no-data'],
  [
    'two rules are, and one asks for less',
    more(privileged(), rules, {
      kind: 'role-rule',
      id: 'second',
      role: '62e90394-69f5-4237-9190-012177145e10',
      activationNeeds: [],
      activationApproval: false,
      activationContext: 'none',
      activationLasts: 'PT1H',
    }),
    'fail',
  ],
  [
    'a role that the policy adds is not ruled',
    more(privileged(), 'microsoft365/role-definitions', { kind: 'role', id: further, name: 'Own role' }),
    'no-data',
    { furtherRoles: [further] },
  ],
  [
    'none of the roles is among the highest',
    spoiled(privileged(), 'microsoft365/role-definitions', {
      records: [{ kind: 'role', id: 'reports', name: 'Reports Reader', builtIn: true }],
    }),
    'not-applicable',
  ],
  ['nobody read the roles', without(privileged(), 'microsoft365/role-definitions'), 'no-data'],
];
