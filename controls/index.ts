import type { Control } from './control.ts';
import { accessReviewCompleted } from './rules/access-review-completed.ts';
import { accessReviewRevocationsExecuted } from './rules/access-review-revocations-executed.ts';
import { actionsRestricted } from './rules/actions-restricted.ts';
import { adminCountBoundedM365 } from './rules/admin-count-bounded-m365.ts';
import { adminJitM365 } from './rules/admin-jit-m365.ts';
import { adminSeparateAccountsM365 } from './rules/admin-separate-accounts-m365.ts';
import { appSecretsExpiry } from './rules/app-secrets-expiry.ts';
import { autoForwardBlocked } from './rules/auto-forward-blocked.ts';
import { awsAccessKeyAge } from './rules/aws-access-key-age.ts';
import { awsAccessKeyUnused } from './rules/aws-access-key-unused.ts';
import { awsAccountsInventoried } from './rules/aws-accounts-inventoried.ts';
import { awsAdminBounded } from './rules/aws-admin-bounded.ts';
import { awsCrossAccountTrustApproved } from './rules/aws-cross-account-trust-approved.ts';
import { awsEnvSeparated } from './rules/aws-env-separated.ts';
import { awsHumanAccessFederated } from './rules/aws-human-access-federated.ts';
import { awsNoWildcardAdminPolicies } from './rules/aws-no-wildcard-admin-policies.ts';
import { awsPasswordPolicy } from './rules/aws-password-policy.ts';
import { backupsImmutable } from './rules/backups-immutable.ts';
import { backupsIsolated } from './rules/backups-isolated.ts';
import { backupsScheduled } from './rules/backups-scheduled.ts';
import { branchBypassLimited } from './rules/branch-bypass-limited.ts';
import { branchProtected } from './rules/branch-protected.ts';
import { breakGlassControlled } from './rules/break-glass-controlled.ts';
import { ciNoLongLivedCloudKeys } from './rules/ci-no-long-lived-cloud-keys.ts';
import { cloudtrailAllRegions } from './rules/cloudtrail-all-regions.ts';
import { cloudtrailTamperProtected } from './rules/cloudtrail-tamper-protected.ts';
import { collectorReadOnly } from './rules/collector-read-only.ts';
import { configRecorderOn } from './rules/config-recorder-on.ts';
import { dependencyAlertsSla } from './rules/dependency-alerts-sla.ts';
import { deployApprovalProduction } from './rules/deploy-approval-production.ts';
import { deployKeysLimited } from './rules/deploy-keys-limited.ts';
import { deviceComplianceBaseline } from './rules/device-compliance-baseline.ts';
import { deviceEncryption } from './rules/device-encryption.ts';
import { dmarcEnforced } from './rules/dmarc-enforced.ts';
import { dormantAccountsM365 } from './rules/dormant-accounts-m365.ts';
import { dormantPrivilegedAnywhere } from './rules/dormant-privileged-anywhere.ts';
import { edrCoverage } from './rules/edr-coverage.ts';
import { emergencyChangesReviewed } from './rules/emergency-changes-reviewed.ts';
import { encryptionAtRest } from './rules/encryption-at-rest.ts';
import { eolSoftwareNone } from './rules/eol-software-none.ts';
import { evidenceCoverageComplete } from './rules/evidence-coverage-complete.ts';
import { exceptionsCurrent } from './rules/exceptions-current.ts';
import { externalMailTagged } from './rules/external-mail-tagged.ts';
import { externalSharingRestricted } from './rules/external-sharing-restricted.ts';
import { githubOwnersBounded } from './rules/github-owners-bounded.ts';
import { githubTokensGoverned } from './rules/github-tokens-governed.ts';
import { guestsInactiveM365 } from './rules/guests-inactive-m365.ts';
import { joinerApproved } from './rules/joiner-approved.ts';
import { leaverActiveElsewhere } from './rules/leaver-active-elsewhere.ts';
import { leaverCredentialsRevoked } from './rules/leaver-credentials-revoked.ts';
import { leaverDisabledEntra } from './rules/leaver-disabled-entra.ts';
import { legacyAuthBlockedM365 } from './rules/legacy-auth-blocked-m365.ts';
import { logRetention365 } from './rules/log-retention-365.ts';
import { m365AuditOn } from './rules/m365-audit-on.ts';
import { mailAdvancedFilter } from './rules/mail-advanced-filter.ts';
import { mergedChangesReviewed } from './rules/merged-changes-reviewed.ts';
import { mfaAwsConsoleUsers } from './rules/mfa-aws-console-users.ts';
import { mfaAwsFederationAssured } from './rules/mfa-aws-federation-assured.ts';
import { mfaAwsRoot } from './rules/mfa-aws-root.ts';
import { mfaBackupAdmins } from './rules/mfa-backup-admins.ts';
import { mfaEnabledGithubMembers } from './rules/mfa-enabled-github-members.ts';
import { mfaGapPrivilegedAnywhere } from './rules/mfa-gap-privileged-anywhere.ts';
import { mfaNoUntrackedExclusions } from './rules/mfa-no-untracked-exclusions.ts';
import { mfaObservedInSignins } from './rules/mfa-observed-in-signins.ts';
import { mfaPhishingResistantAdminsM365 } from './rules/mfa-phishing-resistant-admins-m365.ts';
import { mfaRegisteredAllUsersM365 } from './rules/mfa-registered-all-users-m365.ts';
import { mfaRequiredAdminsM365 } from './rules/mfa-required-admins-m365.ts';
import { mfaRequiredAllUsersM365 } from './rules/mfa-required-all-users-m365.ts';
import { mfaRequiredGithubOrg } from './rules/mfa-required-github-org.ts';
import { mfaRequiredGuestsM365 } from './rules/mfa-required-guests-m365.ts';
import { mfaWeakMethodsDisabledM365 } from './rules/mfa-weak-methods-disabled-m365.ts';
import { noDirectPushes } from './rules/no-direct-pushes.ts';
import { noOpenAdminPorts } from './rules/no-open-admin-ports.ts';
import { orphanAccountsNone } from './rules/orphan-accounts-none.ts';
import { outsideCollaboratorsReviewed } from './rules/outside-collaborators-reviewed.ts';
import { patchCriticalSla } from './rules/patch-critical-sla.ts';
import { personAccessMatrixComplete } from './rules/person-access-matrix-complete.ts';
import { prReviewRequired } from './rules/pr-review-required.ts';
import { privilegedGrantsApproved } from './rules/privileged-grants-approved.ts';
import { privilegedGuestsNone } from './rules/privileged-guests-none.ts';
import { privilegedGuestsNoneM365 } from './rules/privileged-guests-none-m365.ts';
import { protectionChangesTracked } from './rules/protection-changes-tracked.ts';
import { publicReposApproved } from './rules/public-repos-approved.ts';
import { repoDefaultPermissionLeast } from './rules/repo-default-permission-least.ts';
import { restoreTested } from './rules/restore-tested.ts';
import { riskyUsersHandled } from './rules/risky-users-handled.ts';
import { rootKeysNone } from './rules/root-keys-none.ts';
import { rootNotUsed } from './rules/root-not-used.ts';
import { saasBackupDeclared } from './rules/saas-backup-declared.ts';
import { scopeComplete } from './rules/scope-complete.ts';
import { secretAlertsResolved } from './rules/secret-alerts-resolved.ts';
import { secretScanningOn } from './rules/secret-scanning-on.ts';
import { serviceAdminSecrets } from './rules/service-admin-secrets.ts';
import { serviceIdentitiesOwned } from './rules/service-identities-owned.ts';
import { serviceReportsCurrent } from './rules/service-reports-current.ts';
import { sharedAccountsNone } from './rules/shared-accounts-none.ts';
import { sodToxicCombinations } from './rules/sod-toxic-combinations.ts';
import { spfDkimValid } from './rules/spf-dkim-valid.ts';
import { ssoEnforcedGithub } from './rules/sso-enforced-github.ts';
import { statusChecksRequired } from './rules/status-checks-required.ts';
import { storageNotPublic } from './rules/storage-not-public.ts';
import { thirdPartyAppsApproved } from './rules/third-party-apps-approved.ts';
import { thirdPartyAppsApprovedM365 } from './rules/third-party-apps-approved-m365.ts';
import { threatDetectionOn } from './rules/threat-detection-on.ts';
import { tlsInTransit } from './rules/tls-in-transit.ts';
import { userConsentLimitedM365 } from './rules/user-consent-limited-m365.ts';
import { vulnScanningCoverage } from './rules/vuln-scanning-coverage.ts';

/** Every control there is. To add one, add its file and a line. */
export const controls: readonly Control[] = [
  accessReviewCompleted,
  accessReviewRevocationsExecuted,
  actionsRestricted,
  adminCountBoundedM365,
  adminJitM365,
  adminSeparateAccountsM365,
  appSecretsExpiry,
  autoForwardBlocked,
  awsAccessKeyAge,
  awsAccessKeyUnused,
  awsAccountsInventoried,
  awsAdminBounded,
  awsCrossAccountTrustApproved,
  awsEnvSeparated,
  awsHumanAccessFederated,
  awsNoWildcardAdminPolicies,
  awsPasswordPolicy,
  backupsImmutable,
  backupsIsolated,
  backupsScheduled,
  branchBypassLimited,
  branchProtected,
  breakGlassControlled,
  ciNoLongLivedCloudKeys,
  cloudtrailAllRegions,
  cloudtrailTamperProtected,
  collectorReadOnly,
  configRecorderOn,
  dependencyAlertsSla,
  deployApprovalProduction,
  deployKeysLimited,
  deviceComplianceBaseline,
  deviceEncryption,
  dmarcEnforced,
  dormantAccountsM365,
  dormantPrivilegedAnywhere,
  edrCoverage,
  emergencyChangesReviewed,
  encryptionAtRest,
  eolSoftwareNone,
  evidenceCoverageComplete,
  exceptionsCurrent,
  externalMailTagged,
  externalSharingRestricted,
  githubOwnersBounded,
  githubTokensGoverned,
  guestsInactiveM365,
  joinerApproved,
  leaverActiveElsewhere,
  leaverCredentialsRevoked,
  leaverDisabledEntra,
  legacyAuthBlockedM365,
  logRetention365,
  m365AuditOn,
  mailAdvancedFilter,
  mergedChangesReviewed,
  mfaAwsConsoleUsers,
  mfaAwsFederationAssured,
  mfaAwsRoot,
  mfaBackupAdmins,
  mfaEnabledGithubMembers,
  mfaGapPrivilegedAnywhere,
  mfaNoUntrackedExclusions,
  mfaObservedInSignins,
  mfaPhishingResistantAdminsM365,
  mfaRegisteredAllUsersM365,
  mfaRequiredAdminsM365,
  mfaRequiredAllUsersM365,
  mfaRequiredGithubOrg,
  mfaRequiredGuestsM365,
  mfaWeakMethodsDisabledM365,
  noDirectPushes,
  noOpenAdminPorts,
  orphanAccountsNone,
  outsideCollaboratorsReviewed,
  patchCriticalSla,
  personAccessMatrixComplete,
  prReviewRequired,
  privilegedGrantsApproved,
  privilegedGuestsNone,
  privilegedGuestsNoneM365,
  protectionChangesTracked,
  publicReposApproved,
  repoDefaultPermissionLeast,
  restoreTested,
  riskyUsersHandled,
  rootKeysNone,
  rootNotUsed,
  saasBackupDeclared,
  scopeComplete,
  secretAlertsResolved,
  secretScanningOn,
  serviceAdminSecrets,
  serviceIdentitiesOwned,
  serviceReportsCurrent,
  sharedAccountsNone,
  sodToxicCombinations,
  spfDkimValid,
  ssoEnforcedGithub,
  statusChecksRequired,
  storageNotPublic,
  thirdPartyAppsApproved,
  thirdPartyAppsApprovedM365,
  threatDetectionOn,
  tlsInTransit,
  userConsentLimitedM365,
  vulnScanningCoverage,
];
