import type { Control } from './control.ts';
import { adminCountBoundedM365 } from './rules/admin-count-bounded-m365.ts';
import { awsAccessKeyAge } from './rules/aws-access-key-age.ts';
import { awsAccessKeyUnused } from './rules/aws-access-key-unused.ts';
import { awsNoWildcardAdminPolicies } from './rules/aws-no-wildcard-admin-policies.ts';
import { awsPasswordPolicy } from './rules/aws-password-policy.ts';
import { branchProtected } from './rules/branch-protected.ts';
import { cloudtrailAllRegions } from './rules/cloudtrail-all-regions.ts';
import { dmarcEnforced } from './rules/dmarc-enforced.ts';
import { evidenceCoverageComplete } from './rules/evidence-coverage-complete.ts';
import { githubOwnersBounded } from './rules/github-owners-bounded.ts';
import { legacyAuthBlockedM365 } from './rules/legacy-auth-blocked-m365.ts';
import { mfaAwsConsoleUsers } from './rules/mfa-aws-console-users.ts';
import { mfaAwsRoot } from './rules/mfa-aws-root.ts';
import { mfaEnabledGithubMembers } from './rules/mfa-enabled-github-members.ts';
import { mfaPhishingResistantAdminsM365 } from './rules/mfa-phishing-resistant-admins-m365.ts';
import { mfaRegisteredAllUsersM365 } from './rules/mfa-registered-all-users-m365.ts';
import { mfaRequiredAdminsM365 } from './rules/mfa-required-admins-m365.ts';
import { mfaRequiredAllUsersM365 } from './rules/mfa-required-all-users-m365.ts';
import { mfaRequiredGithubOrg } from './rules/mfa-required-github-org.ts';
import { mfaRequiredGuestsM365 } from './rules/mfa-required-guests-m365.ts';
import { repoDefaultPermissionLeast } from './rules/repo-default-permission-least.ts';
import { rootKeysNone } from './rules/root-keys-none.ts';
import { spfDkimValid } from './rules/spf-dkim-valid.ts';

/** Every control there is. To add one, add its file and a line. */
export const controls: readonly Control[] = [
  adminCountBoundedM365,
  awsAccessKeyAge,
  awsAccessKeyUnused,
  awsNoWildcardAdminPolicies,
  awsPasswordPolicy,
  branchProtected,
  cloudtrailAllRegions,
  dmarcEnforced,
  evidenceCoverageComplete,
  githubOwnersBounded,
  legacyAuthBlockedM365,
  mfaAwsConsoleUsers,
  mfaAwsRoot,
  mfaEnabledGithubMembers,
  mfaPhishingResistantAdminsM365,
  mfaRegisteredAllUsersM365,
  mfaRequiredAdminsM365,
  mfaRequiredAllUsersM365,
  mfaRequiredGithubOrg,
  mfaRequiredGuestsM365,
  repoDefaultPermissionLeast,
  rootKeysNone,
  spfDkimValid,
];
