/** Reasons that several scenarios have in common. */
const unused =
  'Both in their way: they leave out groups that nothing uses, as they were told to; ours judges every group, since what is attached tomorrow is open tomorrow';
const noBucket = 'Both: theirs speaks of the account, ours of each bucket, and there is none';
const policyAlone =
  'Ours is stricter: theirs looks at what the policy lets write; ours asks that something keeps the bucket from being made public, and nothing does';
const oneOfFour =
  'Ours is stricter: one of the four settings of the block is on, and lists of access can still make the bucket public';
const address =
  'Ours is stricter: theirs passes a public address behind firewalls; ours says that there is one, and what firewalls let through is another control';
const unsaidPublic =
  'Ours: GitHub tells in a field of its own whether members may create public repositories, which the scenario leaves out; ours concludes nothing from others';
const privateOnly = 'Both: theirs is about repositories of any kind; our statement is about public ones';
const nothingToPass =
  'Both: where no rule is in force there is none to pass by; that there is none fails branch-protected';
const left =
  'Ours: theirs leaves exclusions to a person; ours judges whom or what they leave without a second factor, and says so';
const anyRole =
  'Ours is stricter: theirs knows a list of roles of administrators; with ours every role counts that the policy does not name as unprivileged';
const refused = 'Ours: what could not be read is no failure, and no pass';

/** Where our verdict is another than theirs, by the id of the scenario: who is right, and why. */
export const differences: Readonly<Record<string, string>> = {
  ...because(
    unused,
    'P0556 P0557 P0563 P0564 P0565 P0572 P0577 P0578 P0580 P0581 P0587 P0588 P0592 P0593 P0602 P0603 P0612 P0613 P0617 P0618 P0622 P0623 P0628 P0629 P0633 P0634 P0638 P0639 P0643 P0644',
  ),
  ...because(noBucket, 'P1326 P1327 P1399 P1409'),
  ...because(policyAlone, 'P1379 P1382 P1384'),
  ...because(oneOfFour, 'P1380 P1381'),
  ...because(address, 'P1288 P1289 P1290'),
  ...because(unsaidPublic, 'P1463 P1466 P1467 P1470 P1473 P1474 P1475 P1476'),
  ...because(privateOnly, 'P1469 P1471 P1472'),
  ...because(nothingToPass, 'P1506 P1509'),
  ...because(left, 'P1800 P1803 P1804'),
  ...because(anyRole, 'P1724 P1725'),
  ...because(refused, 'P1796 P1797 P2179 P2187'),
  P0931:
    'Both: theirs says nothing of a root user without any credential; that it has none is what our statement asks for',
  P0732: 'Both: theirs speaks of groups, ours of whoever is in them, and there is nobody',
  P0733:
    'Both: theirs fails the group; with ours whoever is in it fails, and nobody is. The policy itself fails aws-no-wildcard-admin-policies',
  P0069:
    'Both: our statement is about trails for all regions; that there is none fails cloudtrail-all-regions',
  P0339:
    'Both: theirs fails the region in which it is off; with ours a region that holds no volume has nothing to encrypt',
  P0340: 'Both: theirs fails each region; with ours a region that holds no volume has nothing to encrypt',
  P1209:
    'Ours: theirs leaves copies of databases out; whether the copy is kept is not in the sample, and ours does not pass it',
  P1246:
    'Ours: AWS has never had PostgreSQL 8.0.32, and nobody knows until when it is supported; theirs passes what no list names',
  P1247: 'Ours: AWS has never had PostgreSQL 8.0.23, and nobody knows until when it is supported',
  P1508:
    'Ours: who may pass a ruleset by GitHub shows only to those who may change it; theirs passes what it cannot see',
  P1792:
    'Ours: Microsoft counts a passkey that is bound to a device among what resists phishing, so that nobody need look',
  P2189:
    'Ours: what people may let in by a policy of another name was not read; theirs passes what it does not know',
  P2241: 'Ours is more careful: Outlook does not mark it, but a rule of transport may, which is not read',
  P2242: 'Ours: a tenant has one such setting; the two here contradict each other, and neither is taken',
  P2199:
    'Ours is stricter: theirs knows a short list of roles; with ours every role counts that the policy does not name as unprivileged',
  P1757: 'Both: theirs wants no passwords at all; with ours one that ended may stay for 30 days',
};

function because(reason: string, ids: string): Record<string, string> {
  return Object.fromEntries(ids.split(' ').map((id) => [id, reason]));
}

/**
 * Checks on what a control of ours is about as well, and which cannot be compared: what the two look at is not the same,
 * or the sample does not hold it.
 */
export const elsewhere: Readonly<Record<string, string>> = {
  accessanalyzer_enabled:
    'aws-cross-account-trust-approved reads whom each role lets in; the scenarios tell of analyzers',
  accessanalyzer_enabled_without_findings:
    'aws-cross-account-trust-approved reads whom each role lets in; the scenarios tell of analyzers',
  backup_plans_exist: 'that a plan is there says of nothing that it is copied, which backups-scheduled asks',
  cloudtrail_bucket_requires_mfa_delete:
    'cloudtrail-tamper-protected asks that nobody can delete what is in the bucket, with a second factor or without',
  defender_domain_dkim_enabled:
    'spf-dkim-valid reads the keys that stand in DNS; the scenarios tell of a setting of Exchange',
  ec2_ami_public: 'storage-not-public says that it does not look at machine images',
  ec2_ebs_snapshots_encrypted: 'encryption-at-rest says that it does not look at snapshots of volumes',
  ec2_ebs_volume_protected_by_backup_plan: 'backups-scheduled says that it does not look at volumes',
  entra_admin_consent_workflow_enabled:
    'user-consent-limited-m365 is about what people let in by themselves, and not whom they may ask',
  exchange_mailbox_audit_bypass_disabled:
    'm365-audit-on says that it does not read which mailboxes are left out',
  rds_cluster_protected_by_backup_plan: 'what is copied is not in the sample',
  rds_snapshots_encrypted: 'whether a snapshot is encrypted is not in the sample',
  sharepoint_external_sharing_managed:
    'external-sharing-restricted is about with whom files may be shared at all, and not with which domains',
};
