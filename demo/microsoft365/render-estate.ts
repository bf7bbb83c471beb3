import type {
  M365Device,
  M365Eligible,
  M365Group,
  M365Program,
  M365Risk,
  M365SignIn,
} from './model-estate.ts';
import type { M365Assignment, Microsoft365Model } from './model.ts';

type Json = Readonly<Record<string, unknown>>;

export function renderGroup({ id, name, createdAt, dynamic, assignableToRoles }: M365Group): Json {
  return {
    id,
    displayName: name,
    createdDateTime: createdAt,
    description: null,
    groupTypes: dynamic ? ['DynamicMembership'] : [],
    mailEnabled: false,
    securityEnabled: true,
    visibility: null,
    onPremisesSyncEnabled: null,
    // Of others Graph tells null, or nothing.
    isAssignableToRole: assignableToRoles ? true : null,
  };
}

/** Everybody and everything in a group, once, by whatever way. */
export function renderMembers({ groups }: Microsoft365Model, group: M365Group): Json[] {
  const found = new Map<string, string>();
  const visit = ({ users, groups: inner }: M365Group) => {
    for (const id of users) found.set(id, 'user');
    for (const id of inner) {
      const met = found.has(id);
      found.set(id, 'group');
      const next = groups.find((each) => each.id === id);
      if (next && !met) visit(next);
    }
  };
  visit(group);
  return [...found].map(([id, type]) => ({ '@odata.type': `#microsoft.graph.${type}`, id }));
}

/** Passwords and certificates as Graph tells them of a program: without what is secret, but for a hint. */
function renderSecrets({ passwords, certificates }: Pick<M365Program, 'passwords' | 'certificates'>): Json {
  const common = ({ id, name, from, until }: M365Program['passwords'][number]) => ({
    keyId: id,
    displayName: name,
    startDateTime: from,
    endDateTime: until,
    customKeyIdentifier: null,
  });
  return {
    passwordCredentials: passwords.map((each) => ({
      ...common(each),
      hint: each.id.slice(0, 3),
      secretText: null,
    })),
    keyCredentials: certificates.map((each) => ({
      ...common(each),
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      key: null,
    })),
  };
}

export function renderRegistered(program: M365Program): Json {
  return {
    id: program.registration,
    appId: program.appId,
    displayName: program.name,
    createdDateTime: program.createdAt,
    signInAudience: 'AzureADMyOrg',
    ...renderSecrets(program),
  };
}

export function renderProgram(program: M365Program): Json {
  // What a registered program proves itself with is told of its registration.
  const own = program.registration === null ? program : { passwords: [], certificates: [] };
  return {
    id: program.id,
    appId: program.appId,
    displayName: program.name,
    servicePrincipalType: program.type,
    accountEnabled: program.enabled,
    appOwnerOrganizationId: program.maker,
    appRoleAssignmentRequired: false,
    appRoles: program.offers.map(({ id, value }) => ({
      id,
      value,
      displayName: value,
      description: value,
      isEnabled: true,
      allowedMemberTypes: ['Application'],
    })),
    ...renderSecrets(own),
  };
}

export function renderDevice(device: M365Device): Json {
  const managed = device.intuneId !== null;
  return {
    id: device.id,
    deviceId: device.deviceId,
    displayName: device.name,
    operatingSystem: device.system,
    operatingSystemVersion: device.version,
    accountEnabled: true,
    trustType: managed ? 'AzureAd' : 'Workplace',
    isManaged: managed ? true : null,
    isCompliant: managed ? device.compliance !== 'noncompliant' : null,
    approximateLastSignInDateTime: device.seenAt,
  };
}

export function renderManaged(device: M365Device): Json {
  return {
    id: device.intuneId,
    azureADDeviceId: device.deviceId,
    deviceName: device.name,
    userId: device.owner,
    operatingSystem: device.system,
    osVersion: device.version,
    complianceState: device.compliance,
    isEncrypted: device.encrypted,
    managedDeviceOwnerType: 'company',
    enrolledDateTime: device.enrolledAt,
    lastSyncDateTime: device.seenAt,
  };
}

export function renderEligible({ id, principal, role, from, until }: M365Eligible): Json {
  return {
    id,
    principalId: principal,
    roleDefinitionId: role,
    directoryScopeId: '/',
    appScopeId: null,
    memberType: 'Direct',
    startDateTime: from,
    endDateTime: until,
    roleEligibilityScheduleId: id,
  };
}

/** What the management of roles makes of an assignment: here all of them are outright and without end. */
export function renderAssigned({ id, role, scope, principal }: M365Assignment): Json {
  return {
    id,
    principalId: principal.id,
    roleDefinitionId: role,
    directoryScopeId: scope,
    appScopeId: null,
    memberType: 'Direct',
    assignmentType: 'Assigned',
    startDateTime: '2024-02-01T08:00:00Z',
    endDateTime: null,
    roleAssignmentOriginId: id,
    roleAssignmentScheduleId: id,
  };
}

/** Microsoft's own rules, which nobody changed: https://learn.microsoft.com/graph/identity-governance-pim-rules-overview */
export function renderRules(role: string): Json {
  const rule = (id: string, type: string, said: Json) => ({
    '@odata.type': `#microsoft.graph.unifiedRoleManagementPolicy${type}Rule`,
    id,
    ...said,
  });
  return {
    id: `DirectoryRole_${role}`,
    policyId: `Policy_${role}`,
    scopeId: '/',
    scopeType: 'DirectoryRole',
    roleDefinitionId: role,
    policy: {
      id: `Policy_${role}`,
      displayName: 'DirectoryRole',
      rules: [
        rule('Expiration_EndUser_Assignment', 'Expiration', {
          isExpirationRequired: true,
          maximumDuration: 'PT8H',
        }),
        rule('Expiration_Admin_Assignment', 'Expiration', {
          isExpirationRequired: false,
          maximumDuration: 'P180D',
        }),
        rule('Expiration_Admin_Eligibility', 'Expiration', {
          isExpirationRequired: false,
          maximumDuration: 'P365D',
        }),
        rule('Enablement_EndUser_Assignment', 'Enablement', {
          enabledRules: ['MultiFactorAuthentication', 'Justification'],
        }),
        rule('Approval_EndUser_Assignment', 'Approval', { setting: { isApprovalRequired: false } }),
        rule('AuthenticationContext_EndUser_Assignment', 'AuthenticationContext', {
          isEnabled: false,
          claimValue: null,
        }),
      ],
    },
  };
}

/** `preview`: with what only the preview of Graph tells. */
export function renderSignIn({ users }: Microsoft365Model, signIn: M365SignIn, preview: boolean): Json {
  const user = users.find(({ id }) => id === signIn.user);
  return {
    id: signIn.id,
    createdDateTime: signIn.at,
    userId: signIn.user,
    userDisplayName: user?.displayName ?? null,
    userPrincipalName: user?.userPrincipalName ?? null,
    appId: '00000002-0000-0ff1-ce00-000000000000',
    appDisplayName: signIn.application,
    clientAppUsed: signIn.client,
    ipAddress: '192.0.2.40',
    isInteractive: true,
    conditionalAccessStatus: signIn.errorCode === 0 ? 'success' : 'failure',
    status: { errorCode: signIn.errorCode, failureReason: 'Other.', additionalDetails: null },
    ...(preview ? { authenticationRequirement: signIn.factors } : {}),
  };
}

export function renderRisky({ users }: Microsoft365Model, { user, level, state, at }: M365Risk): Json {
  const who = users.find(({ id }) => id === user);
  return {
    id: user,
    isDeleted: false,
    isProcessing: false,
    riskLevel: level,
    riskState: state,
    riskDetail: 'none',
    riskLastUpdatedDateTime: at,
    userDisplayName: who?.displayName ?? null,
    userPrincipalName: who?.userPrincipalName ?? null,
  };
}

export function renderDetection(model: Microsoft365Model, risk: M365Risk): Json {
  const { userDisplayName, userPrincipalName } = renderRisky(model, risk);
  return {
    id: `${risk.user}-${risk.at}`,
    userId: risk.user,
    userDisplayName,
    userPrincipalName,
    activity: 'signin',
    activityDateTime: risk.at,
    detectedDateTime: risk.at,
    lastUpdatedDateTime: risk.at,
    riskEventType: 'unfamiliarFeatures',
    riskLevel: risk.level,
    riskState: risk.state,
    riskDetail: 'none',
    ipAddress: '192.0.2.41',
    source: 'IdentityProtection',
    additionalInfo: '[]',
  };
}
