import { denied, spoiled, unknown, type Case } from '../told.ts';
import { globalAdministrator, microsoft365, ownSettings, signingIn } from '../worlds.ts';

/** A tenant whose people sign in there. */
const tenant = (said?: Parameters<typeof microsoft365>[0]) => [...microsoft365(said), ...signingIn()];
const states = 'microsoft365/administrator-mfa-states';
/** Nothing but their own settings may ask who holds a role. */
const alone = (bob: unknown, said: Parameters<typeof microsoft365>[0] = {}) => [
  ...tenant({
    policy: { includeUsers: ['All'], includeRoles: [], excludeRoles: [globalAdministrator] },
    ...said,
  }),
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
  ['security defaults alone', tenant({ policy: { state: 'disabled' }, defaults: 'enabled' }), 'no-data'],
  [
    'who is in a group that is left out was not read',
    spoiled(
      tenant({ policy: { includeUsers: ['All'], excludeGroups: ['admins'] } }),
      'microsoft365/role-assignable-group-members',
      { partitions: { admins: 'denied' } },
    ),
    'no-data',
  ],
  ...(
    [
      ['everybody is asked', {}, 'pass'],
      ['administrators alone are asked', { includeUsers: [], includeRoles: [globalAdministrator] }, 'fail'],
      ['one is left out', { excludeUsers: ['cleo'] }, 'fail'],
      ['the policy only reports', { state: 'report-only' }, 'fail'],
      ['whether the policy holds is not told', { state: unknown }, 'no-data'],
      ['everybody is kept out', { grants: ['block'] }, 'pass'],
      ['a group that was deleted is left out', { excludeGroups: ['gone'] }, 'pass'],
      ['a condition that nobody knows', { conditions: ['moonPhase'] }, 'no-data'],
    ] as const
  ).map(
    ([what, policy, status]) =>
      [what, tenant({ policy: { includeUsers: ['All'], includeRoles: [], ...policy } }), status] as const,
  ),
  ...(
    ['microsoft365/groups', 'microsoft365/named-locations', 'microsoft365/authentication-strengths'] as const
  ).map(
    (dataset) =>
      [
        `${dataset} was refused`,
        denied(tenant({ policy: { includeUsers: ['All'] } }), dataset),
        'no-data',
      ] as const,
  ),
  ['a policy asks those without a role, and the others their own settings do', alone('enforced'), 'no-data'],
  ['the setting of one asks nothing', alone('disabled'), 'fail'],
  ['the setting of one is not told', alone(unknown), 'no-data'],
  ['the settings were refused', denied(alone('enforced'), states), 'no-data'],
  [
    'nobody asked for the setting of one without a role',
    alone('enforced', { policy: { state: 'disabled' } }),
    'fail',
  ],
];
