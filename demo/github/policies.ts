import type { Seeded } from '../aws/random.ts';
import { administered } from './administered.ts';
import { permissionsOf } from './apps.ts';
import type { GithubApp, GithubModel, GithubOrganization } from './model.ts';
import { json, pageOf } from './replies.ts';

/** Programs that were let in, and what those may do that build and deliver. */
export interface GithubPolicies {
  installations: GithubInstallation[];
  actions: {
    enabledRepositories: 'all' | 'none' | 'selected';
    allowedActions: 'all' | 'local_only' | 'selected';
    pinning: boolean;
    tokenMayWrite: boolean;
    mayApprove: boolean;
  };
}

interface GithubInstallation {
  id: number;
  appId: number;
  slug: string;
  repositories: 'all' | 'selected';
  permissions: Record<string, 'read' | 'write'>;
  createdAt: string;
  suspendedAt: string | null;
}

/** Three Apps: one that may change code everywhere, one that reads, and one that nobody uses any more. Runs may write. */
export function policiesOf(chance: Seeded, now: Date): GithubPolicies {
  const ago = (days: number) =>
    new Date(now.getTime() - days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const installation = (
    slug: string,
    days: number,
    facts: Pick<GithubInstallation, 'repositories' | 'permissions'>,
    suspendedAt: string | null = null,
  ): GithubInstallation => ({
    id: chance.between(`installation/${slug}`, 20_000_000, 90_000_000),
    appId: chance.between(`app/${slug}`, 100_000, 999_999),
    slug,
    ...facts,
    createdAt: ago(days),
    suspendedAt,
  });
  const read = { metadata: 'read' } as const;
  return {
    installations: [
      installation('larkspur-deployer', 700, {
        repositories: 'all',
        permissions: { ...read, contents: 'write', deployments: 'write' },
      }),
      installation('issue-board', 400, {
        repositories: 'selected',
        permissions: { ...read, issues: 'read' },
      }),
      installation(
        'old-linter',
        1200,
        { repositories: 'all', permissions: { ...read, checks: 'write' } },
        ago(90),
      ),
    ],
    actions: {
      enabledRepositories: 'all',
      allowedActions: 'all',
      pinning: false,
      tokenMayWrite: true,
      mayApprove: false,
    },
  };
}

/** Apps of others, and those that ask here themselves. */
export const installationsReply = (model: GithubModel) =>
  administered('/orgs/orgs#list-app-installations-for-an-organization', (organization, { api, query }) => {
    const asking = model.apps.filter(({ installation }) => installation.organization === organization.login);
    const installations = [...organization.policies.installations, ...asking.map(asInstallation)];
    const address = `${api}/organizations/${organization.id}/installations`;
    const { items, link } = pageOf(installations, query, address);
    return json(
      {
        total_count: installations.length,
        installations: items.map((item) => installationJson(api, organization, item)),
      },
      link,
    );
  });

function asInstallation({ id, slug, installation }: GithubApp): GithubInstallation {
  return {
    id: installation.id,
    appId: id,
    slug,
    repositories: installation.repositories === 'all' ? 'all' : 'selected',
    permissions: permissionsOf(installation.grants),
    createdAt: '2026-01-05T09:00:00Z',
    suspendedAt: installation.suspendedAt,
  };
}

function installationJson(api: string, { id, login }: GithubOrganization, item: GithubInstallation) {
  return {
    id: item.id,
    account: null,
    repository_selection: item.repositories,
    access_tokens_url: `${api}/app/installations/${item.id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `https://github.com/organizations/${login}/settings/installations/${item.id}`,
    app_id: item.appId,
    app_slug: item.slug,
    target_id: id,
    target_type: 'Organization',
    permissions: item.permissions,
    events: [],
    created_at: item.createdAt,
    updated_at: item.createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: item.suspendedAt,
  };
}

export const actionsReply = administered(
  '/actions/permissions#get-github-actions-permissions-for-an-organization',
  ({ id, policies: { actions } }, { api }) =>
    json({
      enabled_repositories: actions.enabledRepositories,
      ...(actions.enabledRepositories === 'selected'
        ? { selected_repositories_url: `${api}/organizations/${id}/actions/permissions/repositories` }
        : {}),
      ...(actions.enabledRepositories === 'none'
        ? {}
        : { allowed_actions: actions.allowedActions, sha_pinning_required: actions.pinning }),
    }),
);

export const workflowReply = administered(
  '/actions/permissions#get-default-workflow-permissions-for-an-organization',
  ({ policies: { actions } }) =>
    json({
      default_workflow_permissions: actions.tokenMayWrite ? 'write' : 'read',
      can_approve_pull_request_reviews: actions.mayApprove,
    }),
);
