import { type Case, unknown, without, spoiled, more, denied } from '../told.ts';
import { globalAdministrator, microsoft365, ownSettings, signingIn } from '../worlds.ts';

/** A tenant whose people sign in there. */
const tenant = (said?: Parameters<typeof microsoft365>[0]) => [...microsoft365(said), ...signingIn()];
const states = 'microsoft365/administrator-mfa-states';
/** Nothing but their own settings may ask who holds a role. */
const alone = (bob: unknown, said: Parameters<typeof microsoft365>[0] = {}) => [
  ...tenant({ policy: { state: 'disabled' }, ...said }),
  ownSettings({ ada: 'enforced', bob }),
];

/** All are asked, and are people of a domain that is federated. */
const federated = (
  federation: Readonly<Record<string, unknown>>,
  said: Parameters<typeof microsoft365>[0] = { policy: { includeUsers: ['All'], includeRoles: [] } },
) => [...microsoft365(said), ...signingIn({}, federation)];

export const cases: readonly Case[] = [
  ['a provider that is not read signs people in, and its word is taken', federated({}), 'no-data'],
  ['its word is not taken', federated({ secondFactor: 'rejectMfaByFederatedIdp' }), 'pass'],
  ['whether its word is taken is not told', federated({ secondFactor: unknown }), 'no-data'],
  ['it signs people in whom no policy asks', federated({}, { policy: { state: 'disabled' } }), 'fail'],
  ['where people sign in was refused', denied(federated({}), 'microsoft365/domains'), 'no-data'],
  [
    'the domain of somebody is not among those of the tenant',
    spoiled(federated({}), 'microsoft365/domains', { records: [] }),
    'no-data',
  ],
  [
    'security defaults ask people whose provider is not read',
    federated({}, { policy: { state: 'disabled' }, defaults: 'enabled' }),
    'no-data',
  ],
  [
    'a group holds the role, and whoever is in it is asked',
    tenant({
      assignment: { account: 'admins', accountType: 'group' },
      members: [['cleo', 'user']],
      policy: { includeUsers: ['All'], includeRoles: [] },
    }),
    'pass',
  ],
  [
    'a group holds the role, and one who is in it is left out',
    tenant({
      assignment: { account: 'admins', accountType: 'group' },
      members: [
        ['cleo', 'user'],
        ['robot', 'program'],
      ],
      policy: { excludeUsers: ['cleo'] },
    }),
    'fail',
  ],
  [
    'a group holds the role, and a policy asks holders of the role',
    tenant({
      assignment: { account: 'admins', accountType: 'group' },
      members: [['cleo', 'user']],
      policy: { includeUsers: [], includeRoles: [globalAdministrator] },
    }),
    'no-data',
  ],
  [
    'a group holds the role, and nobody is named in it',
    tenant({ assignment: { account: 'admins', accountType: 'group' } }),
    'no-data',
  ],
  [
    'a group holds the role, and who is in it was not read',
    denied(
      tenant({ assignment: { account: 'admins', accountType: 'group' }, members: [['cleo', 'user']] }),
      'microsoft365/role-assignable-group-members',
    ),
    'no-data',
  ],
  [
    'a group holds the role, and of a group inside it nobody is shown',
    tenant({
      assignment: { account: 'admins', accountType: 'group' },
      members: [['inner', 'group']],
      policy: { includeUsers: ['All'], includeRoles: [] },
    }),
    'no-data',
  ],
  [
    'a policy leaves out somebody by a word that is not known',
    tenant({ policy: { includeUsers: ['All'], includeRoles: [], excludeUsers: ['SomebodyNew'] } }),
    'no-data',
  ],
  ['a policy asks them', tenant(), 'pass'],
  ['nothing asks them', tenant({ policy: { state: 'disabled' } }), 'fail'],
  ['the policy only reports', tenant({ policy: { state: 'report-only' } }), 'fail'],
  ['one is excluded', tenant({ policy: { excludeUsers: ['bob'] } }), 'fail'],
  ['the role is excluded', tenant({ policy: { excludeRoles: [globalAdministrator] } }), 'fail'],
  [
    'everybody is included, and every client by name',
    tenant({
      policy: {
        includeRoles: [],
        includeUsers: ['All'],
        clientAppTypes: ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other'],
      },
    }),
    'pass',
  ],
  [
    'the role is held over a part of the directory, which the policy does not see',
    tenant({ assignment: { scope: '/administrativeUnits/one' } }),
    'fail',
  ],
  [
    'a role held over a part of the directory is excluded',
    more(tenant({ policy: { excludeRoles: ['helpdesk'] } }), 'microsoft365/role-assignments', {
      kind: 'role-assignment',
      id: 'bob-helps',
      account: 'bob',
      accountType: 'user',
      role: 'helpdesk',
      scope: '/administrativeUnits/one',
    }),
    'no-data',
  ],
  ['security defaults ask them', tenant({ policy: { state: 'disabled' }, defaults: 'enabled' }), 'pass'],
  [
    'security defaults ask holders of other roles when Microsoft sees fit',
    tenant({
      policy: { state: 'disabled' },
      defaults: 'enabled',
      assignment: { role: 'e8611ab8-c189-46e8-94e1-60213ab1f814' },
    }),
    'no-data',
  ],
  ['policies are refused', denied(tenant(), 'microsoft365/conditional-access-policies'), 'no-data'],
  [
    'nothing asks them, in a listing that is cut',
    spoiled(tenant({ policy: { state: 'disabled' } }), 'microsoft365/conditional-access-policies', {
      partitions: { all: 'partial' },
    }),
    'no-data',
  ],
  ['security defaults are not read', without(tenant(), 'microsoft365/security-defaults'), 'pass'],
  ['a group holds a role', tenant({ assignment: { accountType: 'group' } }), 'no-data'],
  [
    'an application and a reader of the directory hold roles, and nobody else',
    spoiled(tenant({ policy: { state: 'disabled' } }), 'microsoft365/role-assignments', {
      records: [
        ['deployer', 'service-principal', globalAdministrator],
        ['cleo', 'user', '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'],
      ].map(([account, accountType, role]) => ({
        kind: 'role-assignment',
        id: `${account ?? ''}-holds-it`,
        account,
        accountType,
        role,
        scope: '/',
      })),
    }),
    'not-applicable',
  ],
  ['a device is enough too', tenant({ policy: { grants: ['mfa', 'compliantDevice'] } }), 'fail'],
  ...(
    [
      ['a group in which nobody is is excluded', { excludeGroups: ['operators'] }, 'pass'],
      ['a group in which nobody is is included', { includeRoles: [], includeGroups: ['operators'] }, 'fail'],
      ['some applications are not', { includeApplications: ['Office365'] }, 'fail'],
      ['one application is excluded', { excludeApplications: ['payroll'] }, 'fail'],
      ['old clients are not', { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] }, 'fail'],
      ['a trusted place is not', { includeLocations: ['All'], excludeLocations: ['AllTrusted'] }, 'fail'],
      ['it has a condition that nobody knows yet', { conditions: ['moonPhase'] }, 'no-data'],
      ['the strength is not told', { strength: unknown }, 'no-data'],
      ['whom it excludes is not told', { excludeUsers: unknown }, 'no-data'],
    ] as const
  ).map(([what, policy, status]) => [what, tenant({ policy }), status] as const),
  ['the setting of each account asks them, which something may get past', alone('enforced'), 'no-data'],
  ['the setting of one waits until a factor is set up', alone('enabled'), 'fail'],
  ['the setting of one asks nothing', alone('disabled'), 'fail'],
  ['the setting of one asks nothing, and a policy does', alone('disabled', { policy: {} }), 'pass'],
  ['what the setting of one asks is not told', alone(unknown), 'no-data'],
  [
    'what the setting of one asks was refused',
    spoiled(alone('enforced'), states, {
      partitions: { ada: 'complete', bob: 'denied' },
      records: [{ kind: 'account', id: 'ada', partition: 'ada', perUserMfa: 'enforced' }],
    }),
    'no-data',
  ],
  [
    'the settings were refused, and a policy asks',
    denied([...alone('enforced', { policy: {} })], states),
    'pass',
  ],
  [
    'the setting asks one, and what a policy asks is not told',
    alone('enforced', { policy: { conditions: ['moonPhase'] } }),
    'no-data',
  ],
  [
    'the setting asks one of whom security defaults ask nothing certain',
    alone('enforced', { defaults: 'enabled', assignment: { role: 'e8611ab8-c189-46e8-94e1-60213ab1f814' } }),
    'no-data',
  ],
];
