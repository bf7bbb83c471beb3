import type { Control } from './control.ts';
import { actionsRestricted } from './rules/actions-restricted.ts';
import { adminCountBoundedM365 } from './rules/admin-count-bounded-m365.ts';
import { awsAccessKeyAge } from './rules/aws-access-key-age.ts';
import { awsAccessKeyUnused } from './rules/aws-access-key-unused.ts';
import { awsNoWildcardAdminPolicies } from './rules/aws-no-wildcard-admin-policies.ts';
import { awsPasswordPolicy } from './rules/aws-password-policy.ts';
import { branchBypassLimited } from './rules/branch-bypass-limited.ts';
import { branchProtected } from './rules/branch-protected.ts';
import { cloudtrailAllRegions } from './rules/cloudtrail-all-regions.ts';
import { dependencyAlertsSla } from './rules/dependency-alerts-sla.ts';
import { deployApprovalProduction } from './rules/deploy-approval-production.ts';
import { deployKeysLimited } from './rules/deploy-keys-limited.ts';
import { dmarcEnforced } from './rules/dmarc-enforced.ts';
import { evidenceCoverageComplete } from './rules/evidence-coverage-complete.ts';
import { githubOwnersBounded } from './rules/github-owners-bounded.ts';
import { githubTokensGoverned } from './rules/github-tokens-governed.ts';
import { mfaAwsConsoleUsers } from './rules/mfa-aws-console-users.ts';
import { mfaAwsRoot } from './rules/mfa-aws-root.ts';
import { mfaEnabledGithubMembers } from './rules/mfa-enabled-github-members.ts';
import { mfaRegisteredAllUsersM365 } from './rules/mfa-registered-all-users-m365.ts';
import { mfaRequiredAdminsM365 } from './rules/mfa-required-admins-m365.ts';
import { mfaRequiredGithubOrg } from './rules/mfa-required-github-org.ts';
import { prReviewRequired } from './rules/pr-review-required.ts';
import { publicReposApproved } from './rules/public-repos-approved.ts';
import { repoDefaultPermissionLeast } from './rules/repo-default-permission-least.ts';
import { rootKeysNone } from './rules/root-keys-none.ts';
import { secretAlertsResolved } from './rules/secret-alerts-resolved.ts';
import { secretScanningOn } from './rules/secret-scanning-on.ts';
import { spfDkimValid } from './rules/spf-dkim-valid.ts';
import { ssoEnforcedGithub } from './rules/sso-enforced-github.ts';
import { statusChecksRequired } from './rules/status-checks-required.ts';
import { thirdPartyAppsApproved } from './rules/third-party-apps-approved.ts';

/** Every control there is. To add one, add its file and a line. */
export const controls: readonly Control[] = [
  actionsRestricted,
  adminCountBoundedM365,
  awsAccessKeyAge,
  awsAccessKeyUnused,
  awsNoWildcardAdminPolicies,
  awsPasswordPolicy,
  branchBypassLimited,
  branchProtected,
  cloudtrailAllRegions,
  dependencyAlertsSla,
  deployApprovalProduction,
  deployKeysLimited,
  dmarcEnforced,
  evidenceCoverageComplete,
  githubOwnersBounded,
  githubTokensGoverned,
  mfaAwsConsoleUsers,
  mfaAwsRoot,
  mfaEnabledGithubMembers,
  mfaRegisteredAllUsersM365,
  mfaRequiredAdminsM365,
  mfaRequiredGithubOrg,
  prReviewRequired,
  publicReposApproved,
  repoDefaultPermissionLeast,
  rootKeysNone,
  secretAlertsResolved,
  secretScanningOn,
  spfDkimValid,
  ssoEnforcedGithub,
  statusChecksRequired,
  thirdPartyAppsApproved,
];
