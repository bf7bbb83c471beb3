import { github } from '../../../collectors/github/index.ts';
import type { Check, Scenario } from './scenario.ts';
import { worldOf, type Answer } from './world.ts';

const owner = 'account-name';
const scope = { organization: owner, url: 'https://api.github.com', by: 'app' };
type Fields = Readonly<Record<string, unknown>>;

const stateOf = (scenario: Scenario, name: string) =>
  Object.values((scenario.tenant_state?.[name] ?? {}) as Readonly<Record<string, Fields>>);

/**
 * What the check is about as the scenario says it, and what our control asks for besides as it should be: otherwise
 * nothing would be compared.
 */
function organizations(well: Fields): Check['world'] {
  return (scenario) =>
    worldOf({
      collector: github,
      scope: { ...scope, organization: 'test-organization' },
      answers: stateOf(scenario, 'organizations').map((organization): Answer => {
        const { id, base_permission, members_can_create_public_repositories } = organization;
        return {
          dataset: 'github/organization',
          value: {
            default_repository_permission: base_permission,
            members_can_create_public_repositories,
            ...well,
            members_can_delete_repositories: false,
            members_can_change_repo_visibility: false,
            id,
            login: 'test-organization',
          },
        };
      }),
    });
}

const graph = (nodes: readonly Fields[]) => ({ data: { organization: { repositories: { nodes } } } });
const page = (nodes: readonly Fields[]) => ({ nodes, pageInfo: { hasNextPage: false } });

/** What a scenario says of repositories, by the questions that tell it. Rules of classic protection, unless it says otherwise. */
const repositories: Check['world'] = (scenario) => {
  const known = stateOf(scenario, 'repositories').map((repository) => {
    const branch = repository['default_branch'] as Fields;
    const source = branch['protected_source'] ?? branch['enforce_admins_source'] ?? 'classic';
    const id = repository['id'] as number;
    return { repository, branch, source: source as string, id, name: String(repository['full_name']) };
  });
  const rulesets = known.filter(({ source }) => source.startsWith('ruleset'));
  const answers: Answer[] = [
    {
      dataset: 'github/repositories',
      value: known.map(({ repository, branch, id, name }) => ({
        id,
        full_name: name,
        private: repository['private'],
        archived: repository['archived'],
        default_branch: branch['name'],
        permissions: { admin: true },
        security_and_analysis: {
          secret_scanning: { status: repository['secret_scanning_enabled'] ? 'enabled' : 'disabled' },
          // Of this the scenarios say nothing, and our control asks for it besides.
          secret_scanning_push_protection: { status: 'enabled' },
        },
      })),
    },
    {
      dataset: 'github/branch-protection',
      value: graph(
        known.map(({ branch, source, id, name }) => ({
          databaseId: id,
          nameWithOwner: name,
          viewerCanAdminister: true,
          branchProtectionRules: page(
            source === 'classic' && branch['protected'] === true ? [classicOf(branch)] : [],
          ),
        })),
      ),
    },
    ...known
      .filter(({ branch, source }) => source === 'classic' && branch['protected'] === true)
      .map(({ branch, id, name }) => ({
        dataset: 'github/protection-rules',
        parent: { id: String(id), place: name },
        value: {
          data: {
            repository: {
              databaseId: id,
              nameWithOwner: name,
              isArchived: false,
              viewerCanAdminister: true,
              branchProtectionRules: page([
                {
                  ...classicOf(branch),
                  bypassPullRequestAllowances: page([]),
                  bypassForcePushAllowances: page([]),
                },
              ]),
            },
          },
        },
      })),
    {
      dataset: 'github/repository-rulesets',
      value: graph(
        known.map(({ source, id, name }) => ({
          databaseId: id,
          nameWithOwner: name,
          isArchived: false,
          rulesets: page(
            source.startsWith('ruleset')
              ? [
                  {
                    databaseId: 100 + id,
                    name: 'a ruleset',
                    target: 'BRANCH',
                    enforcement: source === 'ruleset' ? 'ACTIVE' : 'DISABLED',
                    source: { __typename: 'Repository' },
                  },
                ]
              : [],
          ),
        })),
      ),
    },
    // Who may pass a ruleset by GitHub shows only to those who may change it, and no scenario says it.
    ...rulesets.map(({ id, name }) => ({
      dataset: 'github/ruleset-details',
      parent: { id: `${100 + id}:${id}`, ruleset: String(100 + id), place: name },
      value: { id: 100 + id, rules: [] },
    })),
    ...known.map(({ branch, source, id, name }) => ({
      dataset: 'github/branch-rules',
      parent: { id: String(id), name, defaultBranch: String(branch['name']) },
      value: source === 'ruleset' ? rulesOf(branch) : [],
    })),
    {
      dataset: 'github/repository-dependency-alerts',
      value: graph(
        known.map(({ repository, id }) => ({
          databaseId: id,
          viewerCanAdminister: true,
          hasVulnerabilityAlertsEnabled: repository['dependabot_alerts_enabled'] ?? false,
        })),
      ),
    },
  ];
  return worldOf({ collector: github, scope, answers });
};

function classicOf(branch: Fields): Fields {
  return {
    databaseId: 1,
    pattern: branch['name'],
    requiresApprovingReviews: branch['require_pull_request'],
    requiredApprovingReviewCount: branch['approval_count'],
    dismissesStaleReviews: false,
    requireLastPushApproval: false,
    requiresStatusChecks: branch['status_checks'],
    requiredStatusCheckContexts: branch['status_checks'] === true ? ['a check'] : [],
    isAdminEnforced: branch['enforce_admins'],
    allowsForcePushes: branch['allow_force_pushes'],
    allowsDeletions: branch['branch_deletion'],
  };
}

function rulesOf(branch: Fields): Fields[] {
  return [
    ...(branch['require_pull_request'] === true
      ? [
          {
            type: 'pull_request',
            parameters: { required_approving_review_count: branch['approval_count'] },
          },
        ]
      : []),
    ...(branch['allow_force_pushes'] === false ? [{ type: 'non_fast_forward' }] : []),
    ...(branch['branch_deletion'] === false ? [{ type: 'deletion' }] : []),
  ];
}

export const githubChecks: readonly Check[] = [
  {
    check: 'organization_default_repository_permission_strict',
    control: 'repo-default-permission-least',
    world: organizations({ members_can_create_public_repositories: false }),
  },
  {
    check: 'organization_repository_creation_limited',
    control: 'repo-default-permission-least',
    world: organizations({ default_repository_permission: 'none' }),
  },
  {
    check: 'repository_default_branch_protection_enabled',
    control: 'branch-protected',
    world: repositories,
  },
  {
    check: 'repository_default_branch_protection_applies_to_admins',
    control: 'branch-bypass-limited',
    world: repositories,
  },
  {
    check: 'repository_secret_scanning_enabled',
    control: 'secret-scanning-on',
    world: repositories,
  },
  {
    check: 'repository_dependency_scanning_enabled',
    control: 'dependency-alerts-sla',
    world: repositories,
  },
];
