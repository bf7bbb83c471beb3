import type { Control } from './control.ts';
import { adminCountBoundedM365 } from './rules/admin-count-bounded-m365.ts';
import { adminJitM365 } from './rules/admin-jit-m365.ts';
import { adminSeparateAccountsM365 } from './rules/admin-separate-accounts-m365.ts';
import { appSecretsExpiry } from './rules/app-secrets-expiry.ts';
import { autoForwardBlocked } from './rules/auto-forward-blocked.ts';
import { awsAccessKeyAge } from './rules/aws-access-key-age.ts';
import { awsAccessKeyUnused } from './rules/aws-access-key-unused.ts';
import { awsNoWildcardAdminPolicies } from './rules/aws-no-wildcard-admin-policies.ts';
import { awsPasswordPolicy } from './rules/aws-password-policy.ts';
import { branchProtected } from './rules/branch-protected.ts';
import { breakGlassControlled } from './rules/break-glass-controlled.ts';
import { cloudtrailAllRegions } from './rules/cloudtrail-all-regions.ts';
import { deviceComplianceBaseline } from './rules/device-compliance-baseline.ts';
import { deviceEncryption } from './rules/device-encryption.ts';
import { dmarcEnforced } from './rules/dmarc-enforced.ts';
import { dormantAccountsM365 } from './rules/dormant-accounts-m365.ts';
import { evidenceCoverageComplete } from './rules/evidence-coverage-complete.ts';
import { externalMailTagged } from './rules/external-mail-tagged.ts';
import { externalSharingRestricted } from './rules/external-sharing-restricted.ts';
import { githubOwnersBounded } from './rules/github-owners-bounded.ts';
import { guestsInactiveM365 } from './rules/guests-inactive-m365.ts';
import { m365AuditOn } from './rules/m365-audit-on.ts';
import { mfaAwsConsoleUsers } from './rules/mfa-aws-console-users.ts';
import { mfaAwsRoot } from './rules/mfa-aws-root.ts';
import { mfaEnabledGithubMembers } from './rules/mfa-enabled-github-members.ts';
import { mfaRegisteredAllUsersM365 } from './rules/mfa-registered-all-users-m365.ts';
import { mfaRequiredAdminsM365 } from './rules/mfa-required-admins-m365.ts';
import { mfaRequiredGithubOrg } from './rules/mfa-required-github-org.ts';
import { privilegedGuestsNoneM365 } from './rules/privileged-guests-none-m365.ts';
import { repoDefaultPermissionLeast } from './rules/repo-default-permission-least.ts';
import { riskyUsersHandled } from './rules/risky-users-handled.ts';
import { rootKeysNone } from './rules/root-keys-none.ts';
import { serviceAdminSecrets } from './rules/service-admin-secrets.ts';
import { spfDkimValid } from './rules/spf-dkim-valid.ts';
import { thirdPartyAppsApprovedM365 } from './rules/third-party-apps-approved-m365.ts';
import { userConsentLimitedM365 } from './rules/user-consent-limited-m365.ts';

/** Every control there is. To add one, add its file and a line. */
export const controls: readonly Control[] = [
  adminCountBoundedM365,
  adminJitM365,
  adminSeparateAccountsM365,
  appSecretsExpiry,
  autoForwardBlocked,
  awsAccessKeyAge,
  awsAccessKeyUnused,
  awsNoWildcardAdminPolicies,
  awsPasswordPolicy,
  branchProtected,
  breakGlassControlled,
  cloudtrailAllRegions,
  deviceComplianceBaseline,
  deviceEncryption,
  dmarcEnforced,
  dormantAccountsM365,
  evidenceCoverageComplete,
  externalMailTagged,
  externalSharingRestricted,
  githubOwnersBounded,
  guestsInactiveM365,
  m365AuditOn,
  mfaAwsConsoleUsers,
  mfaAwsRoot,
  mfaEnabledGithubMembers,
  mfaRegisteredAllUsersM365,
  mfaRequiredAdminsM365,
  mfaRequiredGithubOrg,
  privilegedGuestsNoneM365,
  repoDefaultPermissionLeast,
  riskyUsersHandled,
  rootKeysNone,
  serviceAdminSecrets,
  spfDkimValid,
  thirdPartyAppsApprovedM365,
  userConsentLimitedM365,
];
