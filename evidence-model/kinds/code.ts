import { z } from 'zod';
import { kind } from '../kind.ts';
import { time } from './time.ts';

/** A place that holds code. */
export const Repository = kind('repository', {
  name: z.string(),
  visibility: z.enum(['public', 'internal', 'private']),
  archived: z.boolean(),
  defaultBranch: z.string(),
  /** When it was made, here or where it was moved from. */
  createdAt: time,
  /** Owner and name, as addresses want it. */
  place: z.string(),
  /** Whether whoever reads is an administrator of it, which decides what a refusal means. */
  administered: z.boolean(),
  /** Rules for branches whose names fit a pattern, from the oldest on. See `branch-pattern.ts` for which one holds. */
  classicProtection: z.array(
    z.strictObject({
      pattern: z.string(),
      pullRequestRequired: z.boolean(),
      approvals: z.number().int(),
      /** An approval ends where the code changes after it. */
      staleApprovalsDismissed: z.boolean(),
      /** Whoever pushed last cannot be the only one who approved that. */
      lastPushApprovalRequired: z.boolean(),
      /** One check at least is named that must have passed. */
      statusChecksRequired: z.boolean(),
      administratorsBound: z.boolean(),
      forcePushRefused: z.boolean(),
      deletionRefused: z.boolean(),
    }),
  ),
  /** The set of scanners that it took, and whether it took hold, in the vendor's words. */
  securityConfiguration: z.string(),
  securityConfigurationState: z.string(),
  /** Secrets in its code are looked for; and refused where they are about to come in. */
  secretScanning: z.boolean(),
  pushProtection: z.boolean(),
  /** Known flaws in what it is made of are told. */
  dependencyAlerts: z.boolean(),
});

/** What must happen before a branch changes, by the rules in force for it. */
export const BranchRule = kind('branch-rule', {
  repository: z.string(),
  branch: z.string(),
  pullRequestRequired: z.boolean(),
  approvals: z.number().int(),
  /** An approval ends where the code changes after it. */
  staleApprovalsDismissed: z.boolean(),
  /** Whoever pushed last cannot be the only one who approved that. */
  lastPushApprovalRequired: z.boolean(),
  /** One check at least is named that must have passed. */
  statusChecksRequired: z.boolean(),
  forcePushRefused: z.boolean(),
  deletionRefused: z.boolean(),
});

/** A named set of rules for branches or tags, and who may pass it by. */
export const Ruleset = kind('ruleset', {
  name: z.string(),
  /** Whose it is. */
  source: z.enum(['enterprise', 'organization', 'repository']),
  /** The repository whose it is, or `none`. */
  repository: z.string(),
  target: z.enum(['branch', 'tag', 'push', 'repository']),
  enforcement: z.enum(['active', 'evaluate', 'disabled']),
  /** The repository whose it is, is archived, so that nothing can change there. */
  archived: z.boolean(),
  /** Who may pass it by, as `type id: when`. Unknown is not nobody. */
  bypassActors: z.array(z.string()),
  rules: z.array(z.string()),
});

/** Who may pass a rule of classic protection by, which is a set of rules, too. */
export const ProtectionBypass = kind('protection-bypass', {
  ruleset: z.string(),
  /** As `type id: what`. */
  actors: z.array(z.string()),
});

/** A set of rules holds for a repository, its own or one from above. */
export const RulesetUse = kind('ruleset-use', {
  ruleset: z.string(),
  repository: z.string(),
  /** Owner and name of the repository, as addresses want it. */
  place: z.string(),
});

/** A key of a machine's that opens one repository. */
export const DeployKey = kind('deploy-key', {
  repository: z.string(),
  /** The repository and what the key is called there. */
  name: z.string(),
  active: z.boolean(),
  /** It may change things, not only read them. */
  mayWrite: z.boolean(),
  createdAt: time,
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
export const Deployment = kind(
  'deployment',
  {
    environment: z.string(),
    at: time,
    commit: z.string(),
    actor: z.string(),
    /** The vendor's own word, in lower case. */
    state: z.string(),
  },
  { at: 'at' },
);

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
export const PullRequest = kind(
  'pull-request',
  {
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
  },
  { at: 'mergedAt' },
);

/** A branch came to stand elsewhere than before. */
export const BranchUpdate = kind(
  'branch-update',
  {
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
  },
  { at: 'at' },
);

/** A state of the code that reached a branch. */
export const Commit = kind(
  'commit',
  {
    repository: z.string(),
    branch: z.string(),
    at: time,
    /** The change of the branch that brought it. */
    update: z.string(),
    /** How it came there. Each commit came in one way. */
    way: z.enum(['pull-request', 'merge-queue', 'revert', 'program', 'direct-push']),
  },
  { at: 'at' },
);

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

/** Something that a scanner found and nobody has settled yet. */
export const Alert = kind('alert', {
  repository: z.string(),
  cloudAccount: z.string(),
  region: z.string(),
  /** What in the cloud is affected. */
  resource: z.string(),
  type: z.enum([
    ...(['code-weakness', 'misconfiguration'] as const),
    ...(['access-from-outside', 'access-from-inside', 'unused-access'] as const),
  ]),
  /** What it is about. */
  name: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'informational']),
  openedAt: time,
});

/** A known flaw in what code is made of, which nobody has settled yet. */
export const DependencyAlert = kind('dependency-alert', {
  repository: z.string(),
  /** The package that has it. */
  name: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  openedAt: time,
  /** There is a version without the flaw. */
  fixable: z.boolean(),
});

/** A secret that was found in code, which nobody has settled yet. */
export const LeakedSecret = kind('leaked-secret', {
  repository: z.string(),
  /** What sort of secret it is. Never the secret. */
  name: z.string(),
  openedAt: time,
  /** Whether the secret opens something: the vendor tried it, or did not, or could not tell. */
  validity: z.enum(['active', 'inactive', 'untried']),
});
