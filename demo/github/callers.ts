import type { GithubModel, GithubOrganization, GithubRepository, GithubToken } from './model.ts';

/** What the caller is to an organisation. */
export interface Standing {
  readonly belongs: boolean;
  readonly owns: boolean;
  readonly grants: GithubToken['grants'];
}

/** The token of an Authorization header; `null` where there is none, `unknown` where nobody has it or it has expired. */
export function tokenOf(
  { tokens }: GithubModel,
  authorization: string | undefined,
  now: Date,
): GithubToken | 'unknown' | null {
  if (authorization === undefined) return null;
  const [, value] = /^(?:bearer|token) (\S+)$/i.exec(authorization) ?? [];
  const found = tokens.find((token) => token.value === value);
  if (!found || (found.expiresAt !== null && Date.parse(found.expiresAt) <= now.getTime())) return 'unknown';
  return found;
}

/** A stranger sees what is public, whatever the token may elsewhere. */
export function standingOf(token: GithubToken, { login }: GithubOrganization): Standing {
  const belongs = token.organizations.includes(login);
  return {
    belongs,
    owns: belongs && token.owner,
    grants: belongs
      ? token.grants
      : {
          members: false,
          privateRepositories: false,
          organizationAdministration: false,
          repositoryAdministration: token.grants.repositoryAdministration,
          contents: false,
        },
  };
}

export interface Permissions {
  readonly admin: boolean;
  readonly maintain: boolean;
  readonly push: boolean;
  readonly triage: boolean;
  readonly pull: boolean;
}

/**
 * What the holder of the token may do in a repository; `null` where the token does not see it. It is the holder's
 * role: a fine-grained token of an administrator says `admin` here and may still be refused.
 */
export function permissionsIn(
  token: GithubToken,
  organization: GithubOrganization,
  repository: GithubRepository,
): Permissions | null {
  const { belongs, owns, grants } = standingOf(token, organization);
  const { visibility } = repository;
  const given = token.repositories === 'all' || token.repositories.includes(repository.name);
  if (visibility !== 'public' && !(grants.privateRepositories && given)) return null;
  // What an App may is what it was given; it has no role.
  const app = token.form === 'installation';
  const admin = !app && (owns || (belongs && repository.administrators.includes(token.user.login)));
  const base = belongs ? (app ? 'read' : organization.basePermission) : 'none';
  const open = visibility === 'public' || (visibility === 'internal' && belongs) ? 1 : 0;
  const rank = admin ? 3 : Math.max(['none', 'read', 'write', 'admin'].indexOf(base), open);
  if (rank === 0) return null;
  return { admin: rank === 3, maintain: rank === 3, push: rank >= 2, triage: rank >= 2, pull: true };
}

/** Whether what only administrators of a repository see is shown to this caller. */
export function administers(
  token: GithubToken,
  organization: GithubOrganization,
  repository: GithubRepository,
): boolean {
  const permissions = permissionsIn(token, organization, repository);
  const { grants } = standingOf(token, organization);
  return token.form === 'installation'
    ? permissions !== null && grants.repositoryAdministration
    : permissions?.admin === true;
}
