import type { M365Assignment, M365Audit, M365Policy, M365Role, M365Sku, M365User } from './model.ts';
import { renderUser } from './render-users.ts';

type Json = Readonly<Record<string, unknown>>;

export function renderPolicy(policy: M365Policy): Json {
  const { include, exclude, exceptAt } = policy;
  return {
    id: policy.id,
    displayName: policy.name,
    createdDateTime: '2024-02-01T08:00:00Z',
    modifiedDateTime: null,
    state: policy.state,
    sessionControls: null,
    conditions: {
      clientAppTypes: policy.clients,
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      authenticationFlows: null,
      platforms: null,
      devices: null,
      clientApplications: null,
      locations: exceptAt === null ? null : { includeLocations: ['All'], excludeLocations: exceptAt },
      applications: {
        includeApplications: policy.applications,
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
      },
      users: {
        includeUsers: include.users ?? [],
        excludeUsers: exclude.users ?? [],
        includeGroups: include.groups ?? [],
        excludeGroups: exclude.groups ?? [],
        includeRoles: include.roles ?? [],
        excludeRoles: exclude.roles ?? [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
      },
    },
    grantControls: {
      operator: 'OR',
      builtInControls: policy.controls,
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength:
        policy.strength === null ? null : { id: policy.strength, requirementsSatisfied: 'mfa' },
    },
  };
}

/** What Graph tells of a user whom nobody asked for by property. */
const usual = [
  'businessPhones',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'surname',
  'userPrincipalName',
];

/** With `users`, whoever holds the role is told too. */
export function renderAssignment(
  { id, role, scope, principal }: M365Assignment,
  users: readonly M365User[] | null,
): Json {
  const user = users?.find((each) => each.id === principal.id);
  const told = Object.entries(user ? renderUser(user) : {}).filter(([name]) => usual.includes(name));
  return {
    id,
    principalId: principal.id,
    roleDefinitionId: role,
    directoryScopeId: scope,
    ...(users
      ? {
          principal: {
            '@odata.type': `#microsoft.graph.${principal.type}`,
            id: principal.id,
            displayName: principal.displayName,
            ...Object.fromEntries(told),
          },
        }
      : {}),
  };
}

export function renderRole({ id, name, builtIn }: M365Role): Json {
  return {
    id,
    templateId: id,
    displayName: name,
    description: name,
    isBuiltIn: builtIn,
    isEnabled: true,
  };
}

export function renderSku(tenant: string, sku: M365Sku): Json {
  return {
    id: `${tenant}_${sku.id}`,
    skuId: sku.id,
    skuPartNumber: sku.name,
    appliesTo: 'User',
    capabilityStatus: sku.state,
    consumedUnits: sku.used,
    prepaidUnits: { enabled: sku.seats, suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: sku.plans.map(({ id, name, provisioned }) => ({
      servicePlanId: id,
      servicePlanName: name,
      provisioningStatus: provisioned ? 'Success' : 'Disabled',
      appliesTo: 'User',
    })),
  };
}

export function renderAudit(audit: M365Audit): Json {
  const { by } = audit;
  const user = {
    id: by.id,
    displayName: by.displayName,
    userPrincipalName: null,
    ipAddress: '192.0.2.17',
  };
  const app = {
    appId: null,
    displayName: by.displayName,
    servicePrincipalId: by.id,
    servicePrincipalName: null,
  };
  return {
    id: audit.id,
    category: audit.category,
    correlationId: audit.correlation,
    result: audit.succeeded ? 'success' : 'failure',
    resultReason: '',
    activityDisplayName: audit.activity,
    activityDateTime: audit.at,
    loggedByService: 'Core Directory',
    operationType: '',
    initiatedBy: by.type === 'user' ? { user, app: null } : { user: null, app },
    targetResources: audit.targets.map(({ id, displayName, type, changed }) => ({
      id,
      displayName,
      type,
      userPrincipalName: null,
      modifiedProperties: changed.map(({ name, from, to }) => ({
        displayName: name,
        oldValue: from,
        newValue: to,
      })),
    })),
    additionalDetails: [],
  };
}
