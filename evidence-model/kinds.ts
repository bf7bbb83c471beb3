import { z } from 'zod';
import { kind, type Kind } from './kind.ts';

const time = z.iso.datetime();
/** A time, or `never` where the source says that it has not happened. */
const timeOrNever = z.union([time, z.literal('never')]);

/** The top of a source as the vendor calls it: a GitHub organisation, a Microsoft 365 tenant. */
export const Organization = kind('organization', {
  name: z.string(),
  /** Membership is refused to whoever signs in without a second factor. */
  mfaRequired: z.boolean(),
  /** What every member may do in every repository, unless more is granted. */
  basePermission: z.enum(['none', 'read', 'write', 'admin']),
  membersCanCreatePublicRepositories: z.boolean(),
  membersCanDeleteRepositories: z.boolean(),
  membersCanChangeRepositoryVisibility: z.boolean(),
  /** People sign in by way of an identity provider that is set up for this organisation. */
  singleSignOn: z.boolean(),
  /** Only addresses of a list are let in. */
  addressesRestricted: z.boolean(),
  /** That list holds for programs that were let in, too. */
  addressesRestrictedForPrograms: z.boolean(),
  /** Notifications go to addresses of verified domains only. */
  notificationsRestricted: z.boolean(),
});

/** An account in which cloud resources live and are paid for. */
export const CloudAccount = kind('cloud-account', {
  name: z.string(),
  /** The vendor's own word, such as ACTIVE or SUSPENDED. */
  state: z.string(),
  joinedAt: time,
});

/** Someone or something that can sign in. An account that nobody classified is a person. */
export const Account = kind('account', {
  name: z.string(),
  /** The cloud account that it belongs to, where a source has several. */
  cloudAccount: z.string(),
  /** The one account that cannot be restricted, such as the root user of an AWS account. */
  root: z.boolean(),
  role: z.enum(['owner', 'member', 'outside-collaborator']),
  createdAt: time,
  /** Somebody can sign in with it at all. */
  enabled: z.boolean(),
  /** A guest belongs to another organisation, which may ask for a second factor in this one's place. */
  userType: z.enum(['member', 'guest']),
  /** Some second factor is set up. This is `capable`, the lowest level of proof. */
  mfaEnabled: z.boolean(),
  /** Every second factor that is set up is one that the vendor calls secure (not SMS). */
  mfaSecure: z.boolean(),
  /** A second factor is set up that the organisation allows to be used: set up and usable, not required. */
  mfaCapable: z.boolean(),
  /** It can sign in to the console with a password. */
  consolePassword: z.boolean(),
  passwordChangedAt: timeOrNever,
  passwordLastUsedAt: timeOrNever,
  /** A password exists, whether or not it is in use. */
  passwordPresent: z.boolean(),
  /** An access key exists, active or not. */
  accessKeysPresent: z.boolean(),
  signingCertificatesPresent: z.boolean(),
  /** Names of the policies attached to it directly. */
  attachedPolicies: z.array(z.string()),
  groups: z.array(z.string()),
});

/** A secret that signs requests in place of a person. */
export const Credential = kind('credential', {
  cloudAccount: z.string(),
  /** The account that it belongs to. */
  account: z.string(),
  /** The repository that it opens, where it opens but one. */
  repository: z.string(),
  name: z.string(),
  type: z.enum([
    ...(['access-key', 'signing-certificate', 'deploy-key'] as const),
    ...(['fine-grained-token', 'classic-token', 'ssh-key', 'stored-secret'] as const),
  ]),
  active: z.boolean(),
  /** It may change things, not only read them. */
  mayWrite: z.boolean(),
  /** What it may, in the vendor's words. */
  permissions: z.array(z.string()),
  /** Whether it reaches all repositories, those to come too, or some. */
  reach: z.enum(['all', 'selected', 'none']),
  createdAt: time,
  expiresAt: timeOrNever,
  rotatedAt: time,
  lastUsedAt: timeOrNever,
});

/** A thing that proves a second factor. */
export const MfaDevice = kind('mfa-device', {
  cloudAccount: z.string(),
  type: z.enum(['virtual', 'hardware']),
  /** The account that it is assigned to, or `none`. */
  assignedTo: z.string(),
  enabledAt: timeOrNever,
});

/** What passwords must look like in one cloud account. */
export const PasswordPolicy = kind('password-policy', {
  cloudAccount: z.string(),
  /** False where nobody set a policy, so that the vendor's default applies. */
  set: z.boolean(),
  minimumLength: z.number().int(),
  /** How many former passwords are refused; 0 for none. */
  reusePrevention: z.number().int(),
  maximumAgeDays: z.union([z.number().int(), z.literal('unlimited')]),
});

/** A set of permissions that others can take on. */
export const Role = kind('role', {
  cloudAccount: z.string(),
  name: z.string(),
  createdAt: time,
  attachedPolicies: z.array(z.string()),
  /** The vendor made it, and means the same by it everywhere. */
  builtIn: z.boolean(),
});

/** Somebody or something holds a role now. Who may take it on when asked for is another matter. */
export const RoleAssignment = kind('role-assignment', {
  /** Who holds it, as people call it. */
  name: z.string(),
  account: z.string(),
  accountType: z.enum(['user', 'group', 'service-principal']),
  /** The id of the role. */
  role: z.string(),
  /** What it reaches, in the vendor's words; `/` is all. */
  scope: z.string(),
});

/** A rule that decides, at sign-in, whether somebody must show a second factor. Lists hold ids or the vendor's words. */
export const SignInPolicy = kind('sign-in-policy', {
  name: z.string(),
  mechanism: z.enum(['conditional-access', 'security-defaults']),
  state: z.enum(['enabled', 'report-only', 'disabled']),
  /** What it asks of those it reaches: `mfa-or-else` is met by something else too, `other` by no second factor. */
  asks: z.enum(['mfa', 'mfa-or-else', 'block', 'other']),
  includeUsers: z.array(z.string()),
  excludeUsers: z.array(z.string()),
  includeGroups: z.array(z.string()),
  excludeGroups: z.array(z.string()),
  includeRoles: z.array(z.string()),
  excludeRoles: z.array(z.string()),
  includeApplications: z.array(z.string()),
  excludeApplications: z.array(z.string()),
  clientAppTypes: z.array(z.string()),
  /** Every other condition that is set, by the vendor's name: each may keep the policy from reaching somebody. */
  conditions: z.array(z.string()),
});

/** What was bought, and with it which safeguards can be had and read. */
export const Licence = kind('licence', {
  name: z.string(),
  /** The vendor's own word, such as Enabled or Suspended. */
  state: z.string(),
  seats: z.number().int(),
  used: z.number().int(),
  /** Names of the services that it holds and that are provisioned. */
  services: z.array(z.string()),
});

/** Somebody changed something in a directory of people, or tried to. */
export const DirectoryChange = kind('directory-change', {
  at: time,
  activity: z.string(),
  category: z.string(),
  succeeded: z.boolean(),
  /** Ids of who did it and what it was done to. */
  actor: z.string(),
  targets: z.array(z.string()),
});

export const Group = kind('group', {
  cloudAccount: z.string(),
  name: z.string(),
  /** The group that it is part of, or `none`. */
  parent: z.string(),
  createdAt: time,
  attachedPolicies: z.array(z.string()),
});

/** Somebody is in a group, by being named there and not by way of another group. */
export const Membership = kind('membership', {
  group: z.string(),
  account: z.string(),
  role: z.enum(['member', 'maintainer']),
});

/** What somebody, or a group, was granted in one repository, besides what everybody may. */
export const AccessGrant = kind('access-grant', {
  repository: z.string(),
  holder: z.string(),
  holderType: z.enum(['account', 'group']),
  /** The vendor's own word for the level, in lower case. */
  level: z.string(),
});

/** Somebody was asked in and has not come yet, or could not. */
export const Invitation = kind('invitation', {
  /** The account, or `by e-mail` where it is an address that was asked. */
  name: z.string(),
  role: z.string(),
  invitedAt: time,
  /** When it came to nothing, or `never`. */
  failedAt: timeOrNever,
});

/** An account at the identity provider that is tied to one here. */
export const ExternalIdentity = kind('external-identity', {
  /** The account here, or `none` where nobody claimed it. */
  account: z.string(),
  /** What the provider calls it. */
  name: z.string(),
  /** By which protocols it is tied. */
  protocols: z.array(z.enum(['saml', 'scim'])),
});

/** A range of addresses that is let in. */
export const AddressRange = kind('address-range', { name: z.string(), active: z.boolean() });

/** An internet domain, and whether its owner was proven. */
export const Domain = kind('domain', { name: z.string(), verified: z.boolean() });

/** A document that grants or refuses permissions. */
export const Policy = kind('policy', {
  cloudAccount: z.string(),
  name: z.string(),
  attachments: z.number().int(),
  /** The document in force, as the vendor writes it, decoded. */
  document: z.unknown(),
});

/** A place that holds code. */
export const Repository = kind('repository', {
  name: z.string(),
  visibility: z.enum(['public', 'internal', 'private']),
  archived: z.boolean(),
  defaultBranch: z.string(),
  /** Whether whoever reads is an administrator of it, which decides what a refusal means. */
  administered: z.boolean(),
  /** The set of scanners that it took, and whether it took hold, in the vendor's words. */
  securityConfiguration: z.string(),
  securityConfigurationState: z.string(),
});

/** What must happen before a branch changes, as one of the vendor's mechanisms sees it. */
export const BranchRule = kind('branch-rule', {
  repository: z.string(),
  branch: z.string(),
  mechanism: z.enum(['classic', 'ruleset']),
  pullRequestRequired: z.boolean(),
  approvals: z.number().int(),
  forcePushRefused: z.boolean(),
  deletionRefused: z.boolean(),
});

/** A named set of rules for branches or tags, and who may pass it by. */
export const Ruleset = kind('ruleset', {
  name: z.string(),
  /** Whose it is: the organisation's, or one repository's. */
  source: z.enum(['organization', 'repository']),
  /** The repository whose it is, or `none`. */
  repository: z.string(),
  /** Its path, as the source's addresses want it, or `none`. */
  place: z.string(),
  target: z.enum(['branch', 'tag', 'push', 'repository']),
  enforcement: z.enum(['active', 'evaluate', 'disabled']),
  /** Who may pass it by, as `type id: when`. Unknown is not nobody. */
  bypassActors: z.array(z.string()),
  rules: z.array(z.string()),
});

/** A label on a repository that the organisation defined, such as whether it is in scope of an audit. */
export const Label = kind('label', {
  repository: z.string(),
  name: z.string(),
  values: z.array(z.string()),
});

/** A place that software is delivered to, and what must happen before. */
export const Environment = kind('environment', {
  repository: z.string(),
  /** Owner and name of the repository, as addresses want it. */
  place: z.string(),
  name: z.string(),
  /** Somebody must approve each delivery. */
  approvalRequired: z.boolean(),
  /** Whoever starts a delivery cannot approve it. */
  selfApprovalRefused: z.boolean(),
});

/** Software was delivered, or somebody tried to. */
export const Deployment = kind('deployment', {
  environment: z.string(),
  at: time,
  commit: z.string(),
  actor: z.string(),
  /** The vendor's own word, in lower case. */
  state: z.string(),
});

/** A machine of one's own that builds and delivers. */
export const Runner = kind('runner', {
  name: z.string(),
  system: z.string(),
  online: z.boolean(),
  /** It is thrown away after each task. */
  ephemeral: z.boolean(),
});

/** Which repositories a group of such machines works for. */
export const RunnerGroup = kind('runner-group', {
  name: z.string(),
  reach: z.enum(['all', 'selected', 'private']),
  /** Code that strangers propose to public repositories may run there. */
  openToPublic: z.boolean(),
});

/** An address that is told what happens. */
export const Webhook = kind('webhook', {
  active: z.boolean(),
  events: z.array(z.string()),
  /** The certificate of whoever is told is checked. */
  certificateChecked: z.boolean(),
  /** What is sent is signed with a secret. */
  signed: z.boolean(),
});

/** Which scanners a set of repositories must run. */
export const SecurityConfiguration = kind('security-configuration', {
  name: z.string(),
  /** Repositories cannot depart from it. */
  enforced: z.boolean(),
  secretScanning: z.boolean(),
  pushProtection: z.boolean(),
  dependencyAlerts: z.boolean(),
  codeScanning: z.boolean(),
});

/** A proposed change that was taken into a branch. */
export const PullRequest = kind('pull-request', {
  repository: z.string(),
  number: z.number().int(),
  branch: z.string(),
  mergedAt: time,
  /** Ids of accounts; `gone` where the account was deleted. */
  author: z.string(),
  mergedBy: z.string(),
  authorIsProgram: z.boolean(),
  /** The commit that it became. */
  commit: z.string(),
  /** Accounts other than the author's that had approved it when it was merged, and had not taken that back. */
  approvers: z.array(z.string()),
  /** Of them, those who approved the very state that was merged. */
  approversOfLast: z.array(z.string()),
  /** What the checks said of the state that was merged: the vendor's own word in lower case, or `none`. */
  checks: z.string(),
});

/** A branch came to stand elsewhere than before. */
export const BranchUpdate = kind('branch-update', {
  repository: z.string(),
  /** Owner and name of the repository, as addresses want it. */
  place: z.string(),
  branch: z.string(),
  at: time,
  actor: z.string(),
  byProgram: z.boolean(),
  /** What was done, by the source's own account. */
  way: z.enum(['pull-request', 'merge-queue', 'push', 'force-push', 'creation', 'deletion']),
  before: z.string(),
  after: z.string(),
});

/** A state of the code that reached a branch. */
export const Commit = kind('commit', {
  repository: z.string(),
  branch: z.string(),
  at: time,
  /** The change of the branch that brought it. */
  update: z.string(),
  /** How it came there. Each commit came in one way. */
  way: z.enum(['pull-request', 'merge-queue', 'revert', 'program', 'direct-push']),
});

/** What the source's own log says that somebody did. */
export const AuditEvent = kind('audit-event', {
  at: time,
  action: z.string(),
  actor: z.string(),
  repository: z.string(),
});

/** A log of what was done, and whether it is being written. */
export const AuditTrail = kind('audit-trail', {
  cloudAccount: z.string(),
  name: z.string(),
  homeRegion: z.string(),
  multiRegion: z.boolean(),
  logging: z.boolean(),
  managementEvents: z.enum(['all', 'read-only', 'write-only', 'some', 'none']),
  fileValidation: z.boolean(),
});

/** Somebody signed in, or tried to. */
export const SignIn = kind('sign-in', {
  cloudAccount: z.string(),
  account: z.string(),
  at: time,
  succeeded: z.boolean(),
  mfaUsed: z.boolean(),
});

/**
 * How completely a part of what is in scope was read: one dataset of one source over the nights that were due, derived
 * from the ledger, or a system that nobody reads, as somebody declared it.
 */
export const Coverage = kind('coverage', {
  name: z.string(),
  state: z.enum(['connected', 'absent', 'not-read', 'by-hand']),
  declaredBy: z.string(),
  declaredOn: z.iso.date(),
  nightsDue: z.number().int(),
  nightsComplete: z.number().int(),
  longestGapNights: z.number().int(),
  /** Why the last night that was not complete was not. */
  lastShortfall: z.string(),
});

/** A program of somebody else's that was let in. */
export const Application = kind('application', {
  name: z.string(),
  /** What it may, in the vendor's words, such as `contents: write`. */
  permissions: z.array(z.string()),
  /** Whether it reaches all repositories, those to come too, or some. */
  reach: z.enum(['all', 'selected']),
  grantedAt: time,
  suspended: z.boolean(),
});

/** Something that a scanner found and nobody has settled yet. */
export const Alert = kind('alert', {
  repository: z.string(),
  type: z.enum(['vulnerable-dependency', 'leaked-secret', 'code-weakness']),
  /** What it is about: a package, a sort of secret. Never the secret. */
  name: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  openedAt: time,
  /** There is a version without the flaw. */
  fixable: z.boolean(),
  /** The vendor tried the secret, and it opens something. */
  active: z.boolean(),
});

/** What the programs may do that build and deliver code. */
export const PipelinePolicy = kind('pipeline-policy', {
  enabledFor: z.enum(['all', 'none', 'selected']),
  /** Whose building blocks may run: anybody's, the organisation's own, or chosen ones. */
  allowedActions: z.enum(['all', 'local', 'selected']),
  /** Building blocks are named by a commit, so that nobody can exchange them. */
  pinningRequired: z.boolean(),
  /** The token that every run gets may write, unless less is asked for. */
  tokenMayWrite: z.boolean(),
  /** That token may approve what it proposed itself. */
  tokenMayApprove: z.boolean(),
});

export const kinds: readonly Kind[] = [
  Organization,
  CloudAccount,
  Account,
  Credential,
  MfaDevice,
  PasswordPolicy,
  Role,
  RoleAssignment,
  SignInPolicy,
  Licence,
  DirectoryChange,
  Group,
  Membership,
  AccessGrant,
  Invitation,
  ExternalIdentity,
  AddressRange,
  Domain,
  Policy,
  Repository,
  BranchRule,
  Ruleset,
  Label,
  Environment,
  Deployment,
  Runner,
  RunnerGroup,
  Webhook,
  SecurityConfiguration,
  PullRequest,
  BranchUpdate,
  Commit,
  AuditEvent,
  AuditTrail,
  SignIn,
  Application,
  Alert,
  PipelinePolicy,
  Coverage,
] as readonly Kind[];
