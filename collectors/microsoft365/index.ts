import { collector } from '../collector.ts';
import { accessReviewDecisions } from './access-review-decisions.ts';
import { accessReviewInstances } from './access-review-instances.ts';
import { accessReviews } from './access-reviews.ts';
import { adminConsentRequestPolicy } from './admin-consent-request-policy.ts';
import { administratorMethods } from './administrator-methods.ts';
import { administratorMfaStates } from './administrator-mfa-states.ts';
import { administratorSignIns } from './administrator-sign-ins.ts';
import { appManagementPolicies } from './app-management-policies.ts';
import { appRoleAssignments } from './app-role-assignments.ts';
import { applications } from './applications.ts';
import { authenticationContexts } from './authentication-contexts.ts';
import { authenticationMethodsPolicy } from './authentication-methods-policy.ts';
import { authenticationStrengths } from './authentication-strengths.ts';
import { authorizationPolicy } from './authorization-policy.ts';
import { bitlockerRecoveryKeys } from './bitlocker-recovery-keys.ts';
import { conditionalAccessGroupMembers } from './conditional-access-group-members.ts';
import { conditionalAccessPolicies } from './conditional-access-policies.ts';
import { crossTenantAccessDefault } from './cross-tenant-access-default.ts';
import { crossTenantAccessPartners } from './cross-tenant-access-partners.ts';
import { defaultAppManagementPolicy } from './default-app-management-policy.ts';
import { deviceCompliancePolicies } from './device-compliance-policies.ts';
import { deviceManagementSettings } from './device-management-settings.ts';
import { deviceRegistrationPolicy } from './device-registration-policy.ts';
import { devices } from './devices.ts';
import { directoryAudits } from './directory-audits.ts';
import { domainFederation } from './domain-federation.ts';
import { dmarcPolicies } from './dmarc-policies.ts';
import { domains } from './domains.ts';
import { exchangeAdminAuditLogConfig } from './exchange-admin-audit-log-config.ts';
import { exchangeBuiltInProtection } from './exchange-built-in-protection.ts';
import { exchangeDkimSigningConfigs } from './exchange-dkim-signing-configs.ts';
import { exchangeExternalInOutlook } from './exchange-external-in-outlook.ts';
import { exchangeOrganizationConfig } from './exchange-organization-config.ts';
import { exchangeOutboundSpamPolicies } from './exchange-outbound-spam-policies.ts';
import { exchangeRemoteDomains } from './exchange-remote-domains.ts';
import { exchangeSafeAttachmentPolicies } from './exchange-safe-attachment-policies.ts';
import { exchangeSafeLinksPolicies } from './exchange-safe-links-policies.ts';
import { exchangeTransportConfig } from './exchange-transport-config.ts';
import { groupEligibilitySchedules } from './group-eligibility-schedules.ts';
import { groupSettings } from './group-settings.ts';
import { groups } from './groups.ts';
import { identityProviders } from './identity-providers.ts';
import { incidents } from './incidents.ts';
import { legacySignIns } from './legacy-sign-ins.ts';
import { mailExchangers } from './mail-exchangers.ts';
import { managedDevices } from './managed-devices.ts';
import { namedLocations } from './named-locations.ts';
import { oauth2PermissionGrants } from './oauth2-permission-grants.ts';
import { onPremisesSynchronization } from './on-premises-synchronization.ts';
import { organization } from './organization.ts';
import { reader } from './reader.ts';
import { riskDetections } from './risk-detections.ts';
import { riskyUsers } from './risky-users.ts';
import { roleAssignableGroupMembers } from './role-assignable-group-members.ts';
import { roleAssignableGroups } from './role-assignable-groups.ts';
import { roleAssignmentSchedules } from './role-assignment-schedules.ts';
import { roleAssignments } from './role-assignments.ts';
import { roleDefinitions } from './role-definitions.ts';
import { roleEligibilitySchedules } from './role-eligibility-schedules.ts';
import { roleManagementPolicies } from './role-management-policies.ts';
import { secureScoreControls } from './secure-score-controls.ts';
import { secureScore } from './secure-score.ts';
import { securityDefaults } from './security-defaults.ts';
import { senderPolicies } from './sender-policies.ts';
import { servicePrincipals } from './service-principals.ts';
import { sharepointSettings } from './sharepoint-settings.ts';
import { signingKeys } from './signing-keys.ts';
import { singleFactorSignIns } from './single-factor-sign-ins.ts';
import { subscribedSkus } from './subscribed-skus.ts';
import { userAddresses } from './user-addresses.ts';
import { userPositions } from './user-positions.ts';
import { userRegistrationDetails } from './user-registration-details.ts';
import { userSignInActivity } from './user-sign-in-activity.ts';
import { users } from './users.ts';
import { Config, continues, scopeOf } from './scope.ts';

/** Reads one Microsoft 365 tenant. To add a dataset, add its file and a line. */
export const microsoft365 = collector({
  id: 'microsoft365',
  title: 'Microsoft 365',
  config: Config,
  scope: scopeOf,
  optInNeeds: { dns: 'resolver', exchange: 'exchange' },
  datasets: [
    organization,
    domains,
    domainFederation,
    identityProviders,
    users,
    userRegistrationDetails,
    userSignInActivity,
    userAddresses,
    userPositions,
    conditionalAccessPolicies,
    conditionalAccessGroupMembers,
    authenticationStrengths,
    namedLocations,
    authenticationContexts,
    securityDefaults,
    authenticationMethodsPolicy,
    administratorMethods,
    administratorMfaStates,
    roleDefinitions,
    roleAssignments,
    roleEligibilitySchedules,
    roleAssignmentSchedules,
    roleManagementPolicies,
    groups,
    roleAssignableGroups,
    roleAssignableGroupMembers,
    groupEligibilitySchedules,
    applications,
    servicePrincipals,
    reader,
    appRoleAssignments,
    oauth2PermissionGrants,
    defaultAppManagementPolicy,
    appManagementPolicies,
    authorizationPolicy,
    adminConsentRequestPolicy,
    crossTenantAccessDefault,
    crossTenantAccessPartners,
    managedDevices,
    deviceCompliancePolicies,
    deviceManagementSettings,
    devices,
    bitlockerRecoveryKeys,
    deviceRegistrationPolicy,
    groupSettings,
    onPremisesSynchronization,
    sharepointSettings,
    accessReviews,
    accessReviewInstances,
    accessReviewDecisions,
    riskyUsers,
    secureScore,
    secureScoreControls,
    subscribedSkus,
    directoryAudits,
    singleFactorSignIns,
    legacySignIns,
    administratorSignIns,
    riskDetections,
    incidents,
    mailExchangers,
    senderPolicies,
    dmarcPolicies,
    signingKeys,
    exchangeOrganizationConfig,
    exchangeTransportConfig,
    exchangeRemoteDomains,
    exchangeBuiltInProtection,
    exchangeSafeAttachmentPolicies,
    exchangeSafeLinksPolicies,
    exchangeDkimSigningConfigs,
    exchangeAdminAuditLogConfig,
    exchangeExternalInOutlook,
    exchangeOutboundSpamPolicies,
  ],
  continues,
  grants: async (datasets) => (await import('./grants.ts')).grants(datasets),
  connect: async (config, datasets, io) => (await import('./session.ts')).connect(config, datasets, io),
  decode: async (exchange, bytes) => (await import('./decode.ts')).decode(exchange, bytes),
});
