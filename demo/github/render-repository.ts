import { administers, permissionsIn } from './callers.ts';
import type {
  GithubOrganization,
  GithubRepository,
  GithubRule,
  GithubRuleset,
  GithubToken,
} from './model.ts';
import { nodeId, userJson, web } from './render.ts';

/** Addresses below a repository's own, as GitHub names and templates them. */
const below = {
  archive: '{archive_format}{/ref}',
  assignees: 'assignees{/user}',
  blobs: 'git/blobs{/sha}',
  branches: 'branches{/branch}',
  collaborators: 'collaborators{/collaborator}',
  comments: 'comments{/number}',
  commits: 'commits{/sha}',
  compare: 'compare/{base}...{head}',
  contents: 'contents/{+path}',
  contributors: 'contributors',
  deployments: 'deployments',
  downloads: 'downloads',
  events: 'events',
  forks: 'forks',
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  hooks: 'hooks',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  issues: 'issues{/number}',
  keys: 'keys{/key_id}',
  labels: 'labels{/name}',
  languages: 'languages',
  merges: 'merges',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  pulls: 'pulls{/number}',
  releases: 'releases{/id}',
  stargazers: 'stargazers',
  statuses: 'statuses/{sha}',
  subscribers: 'subscribers',
  subscription: 'subscription',
  tags: 'tags',
  teams: 'teams',
  trees: 'git/trees{/sha}',
};

/** A repository as lists hold it (`minimal-repository`), with what the caller may do in it. */
export function repositoryJson(
  api: string,
  organization: GithubOrganization,
  repository: GithubRepository,
  token: GithubToken,
) {
  const { id, name, visibility, archived, defaultBranch, empty, createdAt, scanners } = repository;
  const full = `${organization.login}/${name}`;
  const url = `${api}/repos/${full}`;
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: full,
    private: visibility !== 'public',
    owner: { ...userJson(api, organization), type: 'Organization' },
    html_url: `${web}/${full}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(below).map(([what, path]) => [`${what}_url`, `${url}/${path}`])),
    created_at: createdAt,
    updated_at: createdAt,
    pushed_at: empty ? null : createdAt,
    clone_url: `${web}/${full}.git`,
    size: empty ? 0 : 108,
    default_branch: defaultBranch,
    visibility,
    archived,
    disabled: false,
    is_template: false,
    allow_forking: visibility === 'public',
    web_commit_signoff_required: false,
    permissions: permissionsIn(token, organization, repository),
    // Only administrators are shown it.
    ...(administers(token, organization, repository) && {
      security_and_analysis: {
        secret_scanning: setting(scanners.secrets),
        secret_scanning_push_protection: setting(scanners.pushProtection),
        dependabot_security_updates: setting(false),
      },
    }),
  };
}

const setting = (on: boolean) => ({ status: on ? 'enabled' : 'disabled' });

/** Classic protection of a branch (`branch-protection`); `null` where there is none. */
export function protectionJson(
  api: string,
  { login }: GithubOrganization,
  { name, protection, defaultBranch }: GithubRepository,
) {
  if (!protection) return null;
  const { approvals, statusChecks } = protection;
  const url = `${api}/repos/${login}/${name}/branches/${encodeURIComponent(defaultBranch)}/protection`;
  const checks = `${url}/required_status_checks`;
  return {
    url,
    ...(statusChecks && {
      required_status_checks: {
        url: checks,
        strict: true,
        contexts: statusChecks,
        contexts_url: `${checks}/contexts`,
        checks: statusChecks.map((context) => ({ context, app_id: null })),
      },
    }),
    // Where no pull request is needed, the key is not there at all.
    ...(approvals !== null && {
      required_pull_request_reviews: {
        url: `${url}/required_pull_request_reviews`,
        dismiss_stale_reviews: protection.dismissStaleReviews,
        require_code_owner_reviews: protection.codeOwners,
        require_last_push_approval: protection.lastPush,
        required_approving_review_count: approvals,
      },
    }),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.includesAdministrators },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: protection.forcePushes },
    allow_deletions: { enabled: protection.deletions },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}

/** A rule in force on a branch, and whose it is (`repository-rule-detailed`). */
export function ruleJson(
  { login }: GithubOrganization,
  { name }: GithubRepository,
  {
    rule,
    ruleset,
    source,
  }: { rule: GithubRule; ruleset: GithubRuleset; source: 'Organization' | 'Repository' },
) {
  return {
    ...rule,
    ruleset_source_type: source,
    ruleset_source: source === 'Organization' ? login : `${login}/${name}`,
    ruleset_id: ruleset.id,
  };
}
