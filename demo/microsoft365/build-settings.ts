import type { Grounds } from './build-estate.ts';
import type { M365Estate, M365Group } from './model-estate.ts';

/** What people and guests may, and what tenants trust each other with. What is wrong is that guests may ask guests in. */
function rightsOf({ members }: Grounds): M365Estate['settings'] {
  const anybody = (accessType: string) => ({
    usersAndGroups: { accessType, targets: [{ target: 'AllUsers', targetType: 'user' }] },
    applications: { accessType, targets: [{ target: 'AllApplications', targetType: 'application' }] },
  });
  return {
    'policies/authorizationPolicy': {
      id: 'authorizationPolicy',
      displayName: 'Authorization Policy',
      guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
      allowInvitesFrom: 'everyone',
      allowedToSignUpEmailBasedSubscriptions: false,
      allowedToUseSSPR: true,
      allowEmailVerifiedUsersToJoinOrganization: false,
      allowUserConsentForRiskyApps: false,
      blockMsolPowerShell: true,
      defaultUserRolePermissions: {
        allowedToCreateApps: false,
        allowedToCreateSecurityGroups: true,
        allowedToCreateTenants: false,
        allowedToReadBitlockerKeysForOwnedDevice: true,
        allowedToReadOtherUsers: true,
        permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-low'],
      },
    },
    'policies/adminConsentRequestPolicy': {
      isEnabled: true,
      notifyReviewers: true,
      remindersEnabled: true,
      requestDurationInDays: 30,
      version: 1,
      reviewers: members.slice(0, 1).map(({ id }) => ({
        query: `/users/${id}`,
        queryType: 'MicrosoftGraph',
        queryRoot: null,
      })),
    },
    'policies/crossTenantAccessPolicy/default': {
      isServiceDefault: false,
      inboundTrust: {
        isMfaAccepted: true,
        isCompliantDeviceAccepted: false,
        isHybridAzureADJoinedDeviceAccepted: false,
      },
      b2bCollaborationInbound: anybody('allowed'),
      b2bCollaborationOutbound: anybody('allowed'),
      b2bDirectConnectInbound: anybody('blocked'),
      b2bDirectConnectOutbound: anybody('blocked'),
    },
    'admin/sharepoint/settings': {
      sharingCapability: 'externalUserSharingOnly',
      sharingDomainRestrictionMode: 'none',
      isResharingByExternalUsersEnabled: false,
      isLegacyAuthProtocolsEnabled: false,
      isRequireAcceptingUserToMatchInvitedUserEnabled: true,
      idleSessionSignOut: { isEnabled: true, warnAfterInSeconds: 1800, signOutAfterInSeconds: 3600 },
    },
  };
}

/** How people may sign in, and with what devices. What is wrong is that text messages are open. */
function waysOf(): M365Estate['settings'] {
  const method = (id: string, type: string, state: string) => ({
    '@odata.type': `#microsoft.graph.${type}AuthenticationMethodConfiguration`,
    id,
    state,
    includeTargets: [{ targetType: 'group', id: 'all_users', isRegistrationRequired: false }],
    excludeTargets: [],
  });
  return {
    'policies/authenticationMethodsPolicy': {
      id: 'authenticationMethodsPolicy',
      displayName: 'Authentication Methods Policy',
      description: 'Which methods may be used.',
      policyVersion: '1.5',
      policyMigrationState: 'migrationComplete',
      registrationEnforcement: {
        authenticationMethodsRegistrationCampaign: {
          state: 'enabled',
          snoozeDurationInDays: 1,
          includeTargets: [],
          excludeTargets: [],
        },
      },
      authenticationMethodConfigurations: [
        method('Fido2', 'fido2', 'enabled'),
        method('MicrosoftAuthenticator', 'microsoftAuthenticator', 'enabled'),
        method('Sms', 'sms', 'enabled'),
        method('Voice', 'voice', 'disabled'),
        method('Email', 'email', 'disabled'),
      ],
    },
    'policies/deviceRegistrationPolicy': {
      id: 'deviceRegistrationPolicy',
      displayName: 'Device Registration Policy',
      userDeviceQuota: 20,
      multiFactorAuthConfiguration: 'required',
      azureADRegistration: {
        isAdminConfigurable: false,
        allowedToRegister: { '@odata.type': '#microsoft.graph.allDeviceRegistrationMembership' },
      },
      azureADJoin: {
        isAdminConfigurable: true,
        allowedToJoin: { '@odata.type': '#microsoft.graph.allDeviceRegistrationMembership' },
      },
      localAdminPassword: { isEnabled: true },
    },
    'policies/defaultAppManagementPolicy': {
      id: '00000000-0000-0000-0000-000000000000',
      displayName: 'Default app management tenant policy',
      isEnabled: false,
      applicationRestrictions: { passwordCredentials: [], keyCredentials: [] },
      servicePrincipalRestrictions: { passwordCredentials: [], keyCredentials: [] },
    },
  };
}

/** Everything that somebody set and that is one thing. */
export function settingsOf(grounds: Grounds): M365Estate['settings'] {
  return {
    ...rightsOf(grounds),
    ...waysOf(),
    deviceManagement: {
      id: grounds.chance.uuid('device-management'),
      settings: {
        deviceComplianceCheckinThresholdDays: 30,
        isScheduledActionEnabled: true,
        secureByDefault: true,
      },
    },
  };
}

/** Everything that somebody set and of which there may be several. */
export function listingsOf(
  { chance, ago }: Grounds,
  domain: string,
  groups: readonly M365Group[],
  score: { readonly tenant: string },
): M365Estate['listings'] {
  const everyone = groups.find(({ dynamic }) => dynamic)?.id ?? null;
  const scored = [
    { name: 'AdminMFAV2', title: 'Ensure MFA for administrators', service: 'AzureAD', points: 8, of: 10 },
    { name: 'BlockLegacyAuthentication', title: 'Block old protocols', service: 'AzureAD', points: 8, of: 8 },
    { name: 'mip_autosensitivitylabels', title: 'Label files', service: 'MIP', points: 0, of: 5 },
  ];
  return {
    domains: [
      {
        id: domain,
        authenticationType: 'Managed',
        availabilityStatus: null,
        isAdminManaged: true,
        isDefault: true,
        isInitial: true,
        isRoot: true,
        isVerified: true,
        passwordNotificationWindowInDays: 14,
        passwordValidityPeriodInDays: 2_147_483_647,
        supportedServices: ['Email'],
        state: null,
      },
    ],
    'identity/identityProviders': [
      {
        '@odata.type': '#microsoft.graph.builtInIdentityProvider',
        id: 'AADSignup-OAUTH',
        displayName: 'Directory Sign up',
        identityProviderType: 'AADSignup',
      },
    ],
    'identity/conditionalAccess/namedLocations': [
      {
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        id: chance.uuid('location/office'),
        displayName: 'Office',
        createdDateTime: ago(900),
        modifiedDateTime: ago(900),
        isTrusted: true,
        ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '192.0.2.0/24' }],
      },
    ],
    'identity/conditionalAccess/authenticationContextClassReferences': [
      { id: 'c1', displayName: 'Payroll', description: 'Pay and bank accounts', isAvailable: true },
    ],
    'policies/authenticationStrengthPolicies': [
      {
        id: '00000000-0000-0000-0000-000000000004',
        displayName: 'Phishing-resistant MFA',
        description: 'Methods that cannot be passed on',
        policyType: 'builtIn',
        requirementsSatisfied: 'mfa',
        allowedCombinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
      },
    ],
    'policies/crossTenantAccessPolicy/partners': [],
    'policies/appManagementPolicies': [],
    'directory/onPremisesSynchronization': [],
    'informationProtection/bitlocker/recoveryKeys': ['first', 'second'].map((name) => ({
      id: chance.uuid(`recovery/${name}`),
      createdDateTime: ago(300),
      deviceId: chance.uuid(`device/${name}`),
      volumeType: name === 'first' ? 'operatingSystemVolume' : 'fixedDataVolume',
    })),
    'security/incidents': [
      {
        id: '1024',
        createdDateTime: ago(2),
        lastUpdateDateTime: ago(1),
        displayName: 'Password spray at several accounts',
        severity: 'medium',
        status: 'resolved',
        classification: 'truePositive',
        determination: 'compromisedAccount',
        assignedTo: null,
        incidentWebUrl: 'https://security.microsoft.com/incidents/1024',
      },
    ],
    'Get-OrganizationConfig': [
      { Identity: domain, Name: domain, AuditDisabled: false, OAuth2ClientProfileEnabled: true },
    ],
    'Get-TransportConfig': [{ Identity: 'Transport Settings', SmtpClientAuthenticationDisabled: false }],
    'Get-RemoteDomain': [
      { Identity: 'Default', Name: 'Default', DomainName: '*', AutoForwardEnabled: true },
      { Identity: 'Payroll', Name: 'Payroll', DomainName: 'harbour-pay.example', AutoForwardEnabled: false },
    ],
    'Get-AdminAuditLogConfig': [{ Identity: 'Default', UnifiedAuditLogIngestionEnabled: true }],
    'Get-ExternalInOutlook': [{ Identity: domain, Enabled: true, AllowList: ['harbour-pay.example'] }],
    'Get-HostedOutboundSpamFilterPolicy': [
      { Identity: 'Default', Name: 'Default', IsDefault: true, AutoForwardingMode: 'Automatic' },
      { Identity: 'Sales', Name: 'Sales', IsDefault: false, AutoForwardingMode: 'On' }, // nobody remembers why
    ],
    'Get-ATPBuiltInProtectionRule': [
      {
        Identity: 'ATP Built-In Protection Rule',
        Name: 'ATP Built-In Protection Rule',
        State: 'Enabled',
        ExceptIfRecipientDomainIs: null,
        ExceptIfSentTo: null,
        ExceptIfSentToMemberOf: null,
      },
    ],
    'Get-SafeAttachmentPolicy': [
      { Identity: 'Built-In Protection Policy', IsBuiltInProtection: true, Enable: true, Action: 'Block' },
    ],
    'Get-SafeLinksPolicy': [
      {
        Identity: 'Built-In Protection Policy',
        IsBuiltInProtection: true,
        EnableSafeLinksForEmail: true,
        ScanUrls: true,
        DeliverMessageAfterScan: true,
        DoNotRewriteUrls: [],
        AllowClickThrough: true,
      },
    ],
    'Get-DkimSigningConfig': [
      { Identity: domain, Name: domain, Domain: domain, Enabled: true, Status: 'Valid' },
    ],
    groupSettings: [
      {
        id: chance.uuid('setting/passwords'),
        displayName: 'Password Rule Settings',
        templateId: '5cf42378-d67d-4f36-ba46-e8b86229381d',
        values: [
          { name: 'LockoutThreshold', value: '10' },
          { name: 'EnableBannedPasswordCheck', value: 'True' },
        ],
      },
    ],
    'deviceManagement/deviceCompliancePolicies': [
      {
        '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
        id: chance.uuid('compliance/windows'),
        displayName: 'Windows',
        description: 'Encrypted and up to date',
        createdDateTime: ago(600),
        lastModifiedDateTime: ago(200),
        version: 2,
        passwordRequired: true,
        bitLockerEnabled: true,
        osMinimumVersion: '10.0.22631.0',
        assignments: [
          {
            id: chance.hex('compliance/assigned', 32),
            target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: everyone },
          },
        ],
      },
      {
        '@odata.type': '#microsoft.graph.iosCompliancePolicy',
        id: chance.uuid('compliance/ios'),
        displayName: 'Telephones (draft)',
        description: null,
        createdDateTime: ago(500),
        lastModifiedDateTime: ago(500),
        version: 1,
        passcodeRequired: true,
        assignments: [], // nobody
      },
    ],
    // One a day, the newest first.
    'security/secureScores': [1, 2].map((days) => ({
      id: `${score.tenant}_${ago(days).slice(0, 10)}`,
      azureTenantId: score.tenant,
      createdDateTime: `${ago(days).slice(0, 10)}T00:00:00Z`,
      currentScore: scored.reduce((sum, { points }) => sum + points, 0),
      maxScore: scored.reduce((sum, { of }) => sum + of, 0),
      activeUserCount: 60,
      licensedUserCount: 60,
      enabledServices: ['HasEXOP1'],
      controlScores: scored.map(({ name, points }) => ({
        controlCategory: 'Identity',
        controlName: name,
        description: 'Microsoft’s reason',
        score: points,
      })),
    })),
    'security/secureScoreControlProfiles': scored.map(({ name, title, service, of }) => ({
      id: name,
      azureTenantId: score.tenant,
      controlCategory: 'Identity',
      title,
      service,
      maxScore: of,
      deprecated: false,
      rank: 1,
      tier: 'Core',
      userImpact: 'Low',
      implementationCost: 'Low',
      controlStateUpdates: [],
    })),
  };
}
