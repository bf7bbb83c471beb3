/*
 * What an organisation has besides people and repositories, as GitHub's REST API writes it. Fields and their types are
 * those of GitHub's own description: https://github.com/github/rest-api-description
 */
import type { HttpReply } from '../http.ts';
import { administered } from './administered.ts';
import { administers } from './callers.ts';
import type { GithubAuthorization, GithubFineGrained, GithubInvitation, GithubRole } from './estate.ts';
import {
  repositoryCalled,
  type GithubOrganization,
  type GithubRepository,
  type GithubUser,
} from './model.ts';
import { nodeId, userJson, web } from './render.ts';
import { repositoryJson } from './render-repository.ts';
import { cursorPageOf, json, notFound, pageOf, problem } from './replies.ts';
import type { Asked } from './routes.ts';

type Answer = (organization: GithubOrganization, asked: Asked) => HttpReply;

/** A listing that is counted off, as it is or wrapped in an object beside its count. */
function listed<T>(
  path: string,
  items: (organization: GithubOrganization, asked: Asked) => readonly T[],
  render: (item: T, organization: GithubOrganization, asked: Asked) => unknown,
  wrapper?: string,
): Answer {
  return administered(`/${path}`, (organization, asked) => {
    const all = items(organization, asked);
    // The part of the path that says which of several things is meant stays as it was asked.
    const [, below = path] = /^\/(?:orgs|organizations)\/[^/]+\/([^?]+)/.exec(asked.request.path) ?? [];
    const address = `${asked.api}/organizations/${organization.id}/${below}`;
    const page = pageOf(all, asked.query, address);
    const rendered = page.items.map((item) => render(item, organization, asked));
    return json(
      wrapper === undefined ? rendered : { total_count: all.length, [wrapper]: rendered },
      page.link,
    );
  });
}

function invitationJson(api: string, { id }: GithubOrganization, invitation: GithubInvitation) {
  return {
    id: invitation.id,
    login: invitation.login,
    node_id: nodeId('OrganizationInvitation', invitation.id),
    email: invitation.email,
    role: invitation.role,
    created_at: invitation.createdAt,
    inviter: userJson(api, invitation.inviter),
    team_count: 0,
    invitation_teams_url: `${api}/organizations/${id}/invitations/${invitation.id}/teams`,
    invitation_source: 'member',
  };
}

function fineGrainedJson(api: string, { id }: GithubOrganization, token: GithubFineGrained) {
  return {
    id: token.id,
    owner: userJson(api, token.owner),
    repository_selection: token.reach,
    repositories_url: `${api}/organizations/${id}/personal-access-tokens/${token.id}/repositories`,
    permissions: { organization: {}, repository: token.permissions, other: {} },
    token_id: token.tokenId,
    token_name: token.name,
    token_expired: false,
    token_expires_at: token.expiresAt,
    token_last_used_at: token.lastUsedAt,
  };
}

function authorizationJson({ id, login, type, lastEight, scopes, ...times }: GithubAuthorization) {
  const key = type === 'SSH key';
  return {
    login,
    credential_id: id,
    credential_type: type,
    ...(key ? { fingerprint: `SHA256:${id}` } : { token_last_eight: lastEight, scopes }),
    credential_authorized_at: times.authorizedAt,
    credential_accessed_at: times.accessedAt,
    authorized_credential_id: id,
    ...(key ? { authorized_credential_title: 'laptop' } : { authorized_credential_note: 'scripts' }),
    ...(key ? {} : { authorized_credential_expires_at: times.expiresAt }),
  };
}

/** Fine-grained tokens are shown to Apps alone: https://docs.github.com/rest/orgs/personal-access-tokens */
const toApps =
  (answer: Answer): Answer =>
  (organization, asked) =>
    asked.token.form === 'installation'
      ? answer(organization, asked)
      : problem(403, 'This endpoint is only for GitHub Apps', '/orgs/personal-access-tokens');

/** What only GitHub Enterprise Cloud has. */
const ofEnterprises =
  (answer: Answer): Answer =>
  (organization, asked) =>
    organization.plan === 'enterprise' ? answer(organization, asked) : notFound();

function roleJson(api: string, organization: GithubOrganization, role: GithubRole) {
  return {
    id: role.id,
    name: role.name,
    description: null,
    base_role: role.base,
    source: role.source,
    permissions: role.permissions,
    organization:
      role.source === 'Predefined' ? null : { ...userJson(api, organization), type: 'Organization' },
    created_at: role.createdAt,
    updated_at: role.createdAt,
  };
}

/** The repository of an alert, where this caller sees alerts of it. */
function seen(organization: GithubOrganization, { token }: Asked) {
  return (name: string): GithubRepository | null => {
    const found = repositoryCalled(organization, name);
    return found && administers(token, organization, found) ? found : null;
  };
}

const codeScanning: Answer = (organization, asked) => {
  const { api, query, token } = asked;
  const of = seen(organization, asked);
  const { weaknesses } = organization.estate;
  const address = `${api}/organizations/${organization.id}/code-scanning/alerts`;
  const { items, link } = pageOf(weaknesses, query, address, ({ repository }) => of(repository) !== null);
  return json(
    items.flatMap((alert) => {
      const repository = of(alert.repository);
      if (!repository) return [];
      const about = repositoryJson(api, organization, repository, token);
      const at = `${about.url}/code-scanning/alerts/${alert.number}`;
      return [
        {
          number: alert.number,
          created_at: alert.openedAt,
          url: at,
          html_url: `${about.html_url}/security/code-scanning/${alert.number}`,
          instances_url: `${at}/instances`,
          state: 'open',
          dismissed_by: null,
          dismissed_at: null,
          dismissed_reason: null,
          rule: {
            id: alert.rule,
            name: alert.rule,
            severity: 'error',
            security_severity_level: alert.severity,
            description: 'A weakness that does not exist',
          },
          tool: { name: 'CodeQL', version: '2.0.0', guid: null },
          most_recent_instance: {
            ref: `refs/heads/${repository.defaultBranch}`,
            analysis_key: 'default',
            environment: '{}',
            state: 'open',
            commit_sha: 'a'.repeat(40),
            message: { text: 'const secret = 1;' },
            location: { path: 'a.js', start_line: 1, end_line: 1, start_column: 1, end_column: 2 },
            classifications: [],
          },
          repository: about,
        },
      ];
    }),
    link,
  );
};

const configurations: Answer = administered(
  '/code-security/configurations',
  (organization, { api, query }) => {
    const address = `${api}/orgs/${organization.login}/code-security/configurations`;
    const { items, link } = cursorPageOf(organization.estate.configurations, query, address);
    return json(
      items.map(({ id, name, enforced, on }) => {
        const value = on ? 'enabled' : 'not_set';
        return {
          id,
          name,
          target_type: 'organization',
          description: 'What repositories must run',
          advanced_security: on ? 'enabled' : 'disabled',
          dependency_graph: value,
          dependabot_alerts: value,
          dependabot_security_updates: value,
          code_scanning_default_setup: value,
          secret_scanning: value,
          secret_scanning_push_protection: value,
          enforcement: enforced ? 'enforced' : 'unenforced',
          url: `${address}/${id}`,
          html_url: `${web}/organizations/${organization.login}/settings/security_products/${id}`,
          created_at: '2025-01-02T03:04:05Z',
          updated_at: '2025-01-02T03:04:05Z',
        };
      }),
      link,
    );
  },
);

/** Answers by path below the organisation. What is below an item has its id as `:item`. */
export const estateReplies: Readonly<Record<string, Answer>> = {
  invitations: listed(
    'invitations',
    ({ estate }) => estate.invitations,
    (item, organization, { api }) => invitationJson(api, organization, item),
  ),
  failed_invitations: listed(
    'failed_invitations',
    ({ estate }) => estate.failedInvitations,
    (item, organization, { api }) => ({
      ...invitationJson(api, organization, item),
      failed_at: item.failedAt,
      failed_reason: 'Invitation expired.',
    }),
  ),
  hooks: listed(
    'hooks',
    ({ estate }) => estate.hooks,
    ({ id, url, events, active, checked, signed }, organization, { api }) => ({
      id,
      url: `${api}/orgs/${organization.login}/hooks/${id}`,
      ping_url: `${api}/orgs/${organization.login}/hooks/${id}/pings`,
      deliveries_url: `${api}/orgs/${organization.login}/hooks/${id}/deliveries`,
      name: 'web',
      events,
      active,
      config: {
        url,
        insecure_ssl: checked ? '0' : '1',
        content_type: 'json',
        ...(signed ? { secret: '********' } : {}),
      },
      updated_at: organization.createdAt,
      created_at: organization.createdAt,
      type: 'Organization',
    }),
  ),
  'personal-access-tokens': toApps(
    listed(
      'personal-access-tokens',
      ({ estate }) => estate.tokens,
      (item, organization, { api }) => ({
        ...fineGrainedJson(api, organization, item),
        access_granted_at: item.createdAt,
      }),
    ),
  ),
  'personal-access-token-requests': toApps(
    listed(
      'personal-access-token-requests',
      ({ estate }) => estate.tokenRequests,
      (item, organization, { api }) => ({
        ...fineGrainedJson(api, organization, item),
        reason: 'to look around',
        created_at: item.createdAt,
      }),
    ),
  ),
  'credential-authorizations': ofEnterprises(
    listed('credential-authorizations', ({ estate }) => estate.authorizations, authorizationJson),
  ),
  'organization-roles': administered('/orgs/organization-roles', (organization, { api }) =>
    json({
      total_count: organization.estate.roles.length,
      roles: organization.estate.roles.map((role) => roleJson(api, organization, role)),
    }),
  ),
  'organization-roles/:item/users': listed(
    'organization-roles/users',
    ({ estate }, { item }) => estate.roles.find(({ id }) => String(id) === item)?.users ?? [],
    (user: GithubUser, _organization, { api }) => userJson(api, user),
  ),
  'organization-roles/:item/teams': listed(
    'organization-roles/teams',
    ({ estate }, { item }) => estate.roles.find(({ id }) => String(id) === item)?.teams ?? [],
    ({ id, slug }, { id: number }, { api }) => ({
      id,
      node_id: nodeId('Team', id),
      name: slug,
      slug,
      description: null,
      privacy: 'closed',
      notification_setting: 'notifications_enabled',
      permission: 'pull',
      permissions: { pull: true, triage: false, push: false, maintain: false, admin: false },
      url: `${api}/organizations/${number}/team/${id}`,
      html_url: `${web}/teams/${slug}`,
      members_url: `${api}/organizations/${number}/team/${id}/members{/member}`,
      repositories_url: `${api}/organizations/${number}/team/${id}/repos`,
      parent: null,
      type: 'organization',
    }),
  ),
  'properties/values': listed(
    'properties/values',
    (organization) =>
      organization.estate.properties.filter(({ name }) => repositoryCalled(organization, name) !== undefined),
    ({ name, values }, organization) => ({
      repository_id: repositoryCalled(organization, name)?.id,
      repository_name: name,
      repository_full_name: `${organization.login}/${name}`,
      properties: Object.entries(values).map(([property_name, value]) => ({ property_name, value })),
    }),
  ),
  'actions/runners': listed(
    'actions/runners',
    ({ estate }) => estate.runners,
    ({ id, name, os, online, ephemeral }) => ({
      id,
      name,
      os,
      status: online ? 'online' : 'offline',
      busy: false,
      labels: [],
      ephemeral,
    }),
    'runners',
  ),
  'actions/runner-groups': listed(
    'actions/runner-groups',
    ({ estate }) => estate.runnerGroups,
    ({ id, name, visibility, openToPublic }, { login }, { api }) => ({
      id,
      name,
      visibility,
      default: id === 1,
      runners_url: `${api}/orgs/${login}/actions/runner-groups/${id}/runners`,
      inherited: false,
      allows_public_repositories: openToPublic,
    }),
    'runner_groups',
  ),
  'actions/secrets': listed(
    'actions/secrets',
    ({ estate }) => estate.secrets,
    ({ name, createdAt, updatedAt, visibility }) => ({
      name,
      created_at: createdAt,
      updated_at: updatedAt,
      visibility,
    }),
    'secrets',
  ),
  'code-scanning/alerts': codeScanning,
  'code-security/configurations': configurations,
  'code-security/configurations/:item/repositories': listed(
    'code-security/configurations/repositories',
    ({ estate }, { item }) => estate.configurations.find(({ id }) => String(id) === item)?.repositories ?? [],
    ({ name, status }, organization, { api, token }) => {
      const found = repositoryCalled(organization, name);
      return { status, repository: found ? repositoryJson(api, organization, found, token) : null };
    },
  ),
  'audit-log': ofEnterprises(
    administered('/orgs/orgs#get-the-audit-log-for-an-organization', (organization, { api, query }) => {
      const [, from = '', to = ''] = /^created:(\S+)\.\.(\S+)$/.exec(query.get('phrase') ?? '') ?? [];
      const events = organization.estate.events
        .filter(({ at }) => Date.parse(at) >= Date.parse(from) && Date.parse(at) <= Date.parse(to))
        .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
      const address = `${api}/organizations/${organization.id}/audit-log`;
      const { items, link } = cursorPageOf(events, query, address);
      return json(
        items.map(({ id, at, action, actor, repository, to }) => ({
          '@timestamp': Date.parse(at),
          _document_id: id,
          action,
          actor,
          created_at: Date.parse(at),
          operation_type: 'modify',
          org: organization.login,
          ...(repository === null ? {} : { repo: `${organization.login}/${repository}` }),
          ...(to && { user: to.login, user_id: to.user, permission: to.permission }),
        })),
        link,
      );
    }),
  ),
};
