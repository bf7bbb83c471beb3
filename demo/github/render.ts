/*
 * Facts as GitHub writes them. Fields and their types are those of GitHub's own description
 * (https://github.com/github/rest-api-description); the web's addresses lead nowhere.
 */
import { standingOf } from './callers.ts';
import type { GithubOrganization, GithubToken, GithubUser } from './model.ts';

/** Where people would look at it. */
export const web = 'https://github.example.com';

/** An opaque id of GitHub's GraphQL. `type` is part of what is coded, so that node ids of different things differ. */
export function nodeId(type: string, id: number): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}

/** A user as lists hold it (`simple-user`). */
export function userJson(api: string, { login, id }: Pick<GithubUser, 'login' | 'id'>) {
  // Logins of programs hold brackets.
  const coded = encodeURIComponent(login);
  const url = `${api}/users/${coded}`;
  return {
    login,
    id,
    node_id: nodeId('User', id),
    avatar_url: `${web}/avatars/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${web}/${coded}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

/** The caller as `GET /user` tells it (`public-user`). */
export function callerJson(api: string, { user }: GithubToken) {
  return {
    ...userJson(api, user),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2019-02-11T09:30:00Z',
    updated_at: '2024-02-11T09:30:00Z',
  };
}

/**
 * An organisation (`organization-full`). Whoever does not own it gets the same status without the settings, and
 * `null` for the requirement of two factors.
 */
export function organizationJson(api: string, organization: GithubOrganization, token: GithubToken) {
  const { id, login, name, email, createdAt, repositories } = organization;
  const { belongs, owns, grants } = standingOf(token, organization);
  const url = `${api}/orgs/${login}`;
  const published = repositories.filter(({ visibility }) => visibility === 'public').length;
  const open = {
    login,
    id,
    node_id: nodeId('Organization', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${web}/avatars/o/${id}?v=4`,
    description: null,
    name,
    email,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: published,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${web}/${login}`,
    created_at: createdAt,
    updated_at: createdAt,
    archived_at: null,
    type: 'Organization',
  };
  if (!belongs) return open;
  if (!owns || !grants.organizationAdministration) return { ...open, two_factor_requirement_enabled: null };
  return { ...open, ...settingsJson(organization, repositories.length - published) };
}

function settingsJson(
  {
    email,
    members,
    outsideCollaborators,
    plan,
    basePermission,
    twoFactorRequired,
    membersCan,
  }: GithubOrganization,
  notPublic: number,
) {
  const { createPublicRepositories, createPrivateRepositories } = membersCan;
  return {
    total_private_repos: notPublic,
    owned_private_repos: notPublic,
    private_gists: 0,
    disk_usage: 81_920,
    collaborators: outsideCollaborators.length,
    billing_email: email,
    default_repository_permission: basePermission,
    members_can_create_repositories: createPublicRepositories || createPrivateRepositories,
    two_factor_requirement_enabled: twoFactorRequired,
    members_allowed_repository_creation_type: createPublicRepositories
      ? 'all'
      : createPrivateRepositories
        ? 'private'
        : 'none',
    members_can_create_public_repositories: createPublicRepositories,
    members_can_create_private_repositories: createPrivateRepositories,
    members_can_create_internal_repositories: false,
    members_can_create_pages: false,
    members_can_create_public_pages: false,
    members_can_create_private_pages: false,
    members_can_delete_repositories: membersCan.deleteRepositories,
    members_can_change_repo_visibility: membersCan.changeVisibility,
    members_can_invite_outside_collaborators: membersCan.inviteOutsideCollaborators,
    members_can_delete_issues: false,
    members_can_create_teams: true,
    members_can_fork_private_repositories: false,
    web_commit_signoff_required: false,
    deploy_keys_enabled_for_repositories: false,
    plan: {
      name: plan,
      space: 976_562_499,
      private_repos: 999_999,
      filled_seats: members.length,
      seats: members.length + 5,
    },
  };
}
