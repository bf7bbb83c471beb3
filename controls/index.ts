import type { Control } from './control.ts';
import { adminCountBoundedM365 } from './rules/admin-count-bounded-m365.ts';
import { awsAccessKeyAge } from './rules/aws-access-key-age.ts';
import { awsAccessKeyUnused } from './rules/aws-access-key-unused.ts';
import { awsAccountsInventoried } from './rules/aws-accounts-inventoried.ts';
import { awsAdminBounded } from './rules/aws-admin-bounded.ts';
import { awsCrossAccountTrustApproved } from './rules/aws-cross-account-trust-approved.ts';
import { awsHumanAccessFederated } from './rules/aws-human-access-federated.ts';
import { awsNoWildcardAdminPolicies } from './rules/aws-no-wildcard-admin-policies.ts';
import { awsPasswordPolicy } from './rules/aws-password-policy.ts';
import { backupsImmutable } from './rules/backups-immutable.ts';
import { backupsScheduled } from './rules/backups-scheduled.ts';
import { branchProtected } from './rules/branch-protected.ts';
import { cloudtrailAllRegions } from './rules/cloudtrail-all-regions.ts';
import { cloudtrailTamperProtected } from './rules/cloudtrail-tamper-protected.ts';
import { configRecorderOn } from './rules/config-recorder-on.ts';
import { dmarcEnforced } from './rules/dmarc-enforced.ts';
import { encryptionAtRest } from './rules/encryption-at-rest.ts';
import { eolSoftwareNone } from './rules/eol-software-none.ts';
import { evidenceCoverageComplete } from './rules/evidence-coverage-complete.ts';
import { githubOwnersBounded } from './rules/github-owners-bounded.ts';
import { leaverActiveElsewhere } from './rules/leaver-active-elsewhere.ts';
import { leaverDisabledEntra } from './rules/leaver-disabled-entra.ts';
import { mergedChangesReviewed } from './rules/merged-changes-reviewed.ts';
import { mfaAwsConsoleUsers } from './rules/mfa-aws-console-users.ts';
import { mfaAwsRoot } from './rules/mfa-aws-root.ts';
import { mfaEnabledGithubMembers } from './rules/mfa-enabled-github-members.ts';
import { mfaObservedInSignins } from './rules/mfa-observed-in-signins.ts';
import { mfaRegisteredAllUsersM365 } from './rules/mfa-registered-all-users-m365.ts';
import { mfaRequiredAdminsM365 } from './rules/mfa-required-admins-m365.ts';
import { mfaRequiredGithubOrg } from './rules/mfa-required-github-org.ts';
import { noDirectPushes } from './rules/no-direct-pushes.ts';
import { noOpenAdminPorts } from './rules/no-open-admin-ports.ts';
import { orphanAccountsNone } from './rules/orphan-accounts-none.ts';
import { patchCriticalSla } from './rules/patch-critical-sla.ts';
import { personAccessMatrixComplete } from './rules/person-access-matrix-complete.ts';
import { repoDefaultPermissionLeast } from './rules/repo-default-permission-least.ts';
import { rootKeysNone } from './rules/root-keys-none.ts';
import { rootNotUsed } from './rules/root-not-used.ts';
import { spfDkimValid } from './rules/spf-dkim-valid.ts';
import { storageNotPublic } from './rules/storage-not-public.ts';
import { threatDetectionOn } from './rules/threat-detection-on.ts';
import { tlsInTransit } from './rules/tls-in-transit.ts';
import { vulnScanningCoverage } from './rules/vuln-scanning-coverage.ts';

/** Every control there is. To add one, add its file and a line. */
export const controls: readonly Control[] = [
  adminCountBoundedM365,
  awsAccessKeyAge,
  awsAccessKeyUnused,
  awsAccountsInventoried,
  awsAdminBounded,
  awsCrossAccountTrustApproved,
  awsHumanAccessFederated,
  awsNoWildcardAdminPolicies,
  awsPasswordPolicy,
  backupsImmutable,
  backupsScheduled,
  branchProtected,
  cloudtrailAllRegions,
  cloudtrailTamperProtected,
  configRecorderOn,
  dmarcEnforced,
  encryptionAtRest,
  eolSoftwareNone,
  evidenceCoverageComplete,
  githubOwnersBounded,
  leaverActiveElsewhere,
  leaverDisabledEntra,
  mergedChangesReviewed,
  mfaAwsConsoleUsers,
  mfaAwsRoot,
  mfaEnabledGithubMembers,
  mfaObservedInSignins,
  mfaRegisteredAllUsersM365,
  mfaRequiredAdminsM365,
  mfaRequiredGithubOrg,
  noDirectPushes,
  noOpenAdminPorts,
  orphanAccountsNone,
  patchCriticalSla,
  personAccessMatrixComplete,
  repoDefaultPermissionLeast,
  rootKeysNone,
  rootNotUsed,
  spfDkimValid,
  storageNotPublic,
  threatDetectionOn,
  tlsInTransit,
  vulnScanningCoverage,
];
