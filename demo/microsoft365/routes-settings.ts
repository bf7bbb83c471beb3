import type { Licence, Route } from './route.ts';
import { list, some } from './route.ts';
import type { LimitClass } from './limits.ts';

interface Place {
  readonly permissions: readonly string[];
  readonly limit?: LimitClass;
  readonly needs?: Licence;
  readonly filters?: readonly string[];
}

const policies: Place = { permissions: ['Policy.Read.All'] };
const access: Place = { ...policies, limit: 'conditional-access' };
const intune = (permission: string): Place => ({
  permissions: [permission],
  limit: 'devices',
  needs: 'intune',
});

/** Settings that are one thing, as the model has them. */
const settings: Readonly<Record<string, Place>> = {
  'policies/authorizationPolicy': policies,
  'policies/adminConsentRequestPolicy': policies,
  'policies/crossTenantAccessPolicy/default': policies,
  'policies/authenticationMethodsPolicy': policies,
  'policies/defaultAppManagementPolicy': policies,
  'policies/deviceRegistrationPolicy': { permissions: ['Policy.Read.DeviceConfiguration'] },
  'admin/sharepoint/settings': { permissions: ['SharePointTenantSettings.Read.All'] },
  deviceManagement: intune('DeviceManagementServiceConfig.Read.All'),
};

/** Settings of which there may be several. */
const listings: Readonly<Record<string, Place>> = {
  domains: { permissions: ['Domain.Read.All', 'Directory.Read.All'] },
  'identity/identityProviders': { permissions: ['IdentityProvider.Read.All'] },
  'identity/conditionalAccess/namedLocations': access,
  'identity/conditionalAccess/authenticationContextClassReferences': {
    ...access,
    permissions: ['Policy.Read.ConditionalAccess', 'Policy.Read.All'],
  },
  'policies/authenticationStrengthPolicies': policies,
  'policies/crossTenantAccessPolicy/partners': policies,
  'policies/appManagementPolicies': policies,
  'directory/onPremisesSynchronization': { permissions: ['OnPremDirectorySynchronization.Read.All'] },
  'informationProtection/bitlocker/recoveryKeys': { permissions: ['BitlockerKey.ReadBasic.All'] },
  groupSettings: { permissions: ['Directory.Read.All'] },
  'deviceManagement/deviceCompliancePolicies': intune('DeviceManagementConfiguration.Read.All'),
  'security/secureScores': { permissions: ['SecurityEvents.Read.All'], limit: 'security' },
  'security/incidents': {
    permissions: ['SecurityIncident.Read.All'],
    limit: 'security',
    filters: ['createdDateTime'],
  },
  'security/secureScoreControlProfiles': { permissions: ['SecurityEvents.Read.All'], limit: 'security' },
};

/** Everything that somebody set. */
export const settingRoutes: Readonly<Record<string, Route>> = Object.fromEntries([
  ...Object.entries(settings).map(([path, { limit = 'identity', ...place }]): [string, Route] => [
    path,
    { ...place, limit, setting: ({ model }) => model.settings[path] ?? null },
  ]),
  ...Object.entries(listings).map(([path, { limit = 'identity', ...place }]): [string, Route] => [
    path,
    { ...place, limit, page: some, items: ({ model }) => list(model.listings[path] ?? [], (item) => item) },
  ]),
  [
    'domains/{}/federationConfiguration',
    {
      permissions: ['Domain.Read.All'],
      limit: 'identity',
      page: some,
      items: ({ model, ids: [id] }) =>
        list(model.listings[`domains/${id ?? ''}/federationConfiguration`] ?? [], (item) => item),
    } satisfies Route,
  ],
]);
