import type { M365Assignment, M365Audit, M365Policy, M365Role, M365Sku } from './model.ts';

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
      authenticationStrength: null,
    },
  };
}

export function renderAssignment({ id, role, scope, principal }: M365Assignment, expanded: boolean): Json {
  return {
    id,
    principalId: principal.id,
    roleDefinitionId: role,
    directoryScopeId: scope,
    ...(expanded
      ? {
          principal: {
            '@odata.type': `#microsoft.graph.${principal.type}`,
            id: principal.id,
            displayName: principal.displayName,
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
    targetResources: audit.targets.map(({ id, displayName, type }) => ({
      id,
      displayName,
      type,
      userPrincipalName: null,
      modifiedProperties: [],
    })),
    additionalDetails: [],
  };
}
