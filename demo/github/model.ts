import type { GithubAlerts } from './alerts.ts';
import type { GithubEstate } from './estate.ts';
import type { GithubPolicies } from './policies.ts';
import type { GithubWork } from './work.ts';

/*
 * The synthetic GitHub as data. Nothing here is readonly on purpose: servers read the model anew at each request, so a
 * test may change a fact between two nights. It holds facts only; the many URLs of an answer are made page by page.
 */

export interface GithubModel {
  organizations: GithubOrganization[];
  tokens: GithubToken[];
  apps: GithubApp[];
}

/** A GitHub App with its one installation. */
export interface GithubApp {
  id: number;
  clientId: string;
  slug: string;
  /** PEM. */
  publicKey: string;
  installation: {
    id: number;
    organization: string;
    repositories: 'all' | string[];
    grants: GithubGrants;
    suspendedAt: string | null;
  };
}

export interface GithubOrganization {
  id: number;
  login: string;
  name: string;
  email: string;
  createdAt: string;
  /** Rulesets and protection of private repositories come with `team` and above. */
  plan: 'free' | 'team' | 'enterprise';
  twoFactorRequired: boolean;
  basePermission: 'none' | 'read' | 'write' | 'admin';
  membersCan: GithubMemberRights;
  members: GithubMember[];
  outsideCollaborators: GithubUser[];
  repositories: GithubRepository[];
  rulesets: GithubOrganizationRuleset[];
  policies: GithubPolicies;
  alerts: GithubAlerts;
  estate: GithubEstate;
}

interface GithubMemberRights {
  createPublicRepositories: boolean;
  createPrivateRepositories: boolean;
  deleteRepositories: boolean;
  changeVisibility: boolean;
  inviteOutsideCollaborators: boolean;
}

export interface GithubUser {
  id: number;
  login: string;
  /** GitHub calls SMS insecure: https://docs.github.com/rest/orgs/members#list-organization-members */
  twoFactor: 'secure' | 'insecure' | 'disabled';
  /** Addresses in domains of the organisation that GitHub verified. */
  verifiedAddresses?: string[];
}

export interface GithubMember extends GithubUser {
  role: 'admin' | 'member';
  /** Whether strangers see the membership. */
  isPublic: boolean;
}

export interface GithubRepository {
  id: number;
  name: string;
  /** What it was called before. GitHub leads from there to its number. */
  formerNames?: string[];
  visibility: 'public' | 'internal' | 'private';
  archived: boolean;
  defaultBranch: string;
  /** Nobody has pushed anything yet: the default branch has a name and does not exist. */
  empty: boolean;
  createdAt: string;
  /** Logins of members who administer it, beside the owners. */
  administrators: string[];
  /** Which scanners are on. */
  scanners: { secrets: boolean; pushProtection: boolean; dependencies: boolean };
  /** Classic protection of the default branch. */
  protection: GithubProtection | null;
  rulesets: GithubRuleset[];
  work: GithubWork;
}

export interface GithubProtection {
  /** Approvals that a pull request needs; `null` where no pull request is needed. */
  approvals: number | null;
  dismissStaleReviews: boolean;
  lastPush: boolean;
  codeOwners: boolean;
  includesAdministrators: boolean;
  forcePushes: boolean;
  deletions: boolean;
  statusChecks: string[] | null;
  /** Who needs no pull request. */
  bypass: { id: number; type: 'App' | 'Team' | 'User' }[];
}

export interface GithubRuleset {
  id: number;
  name: string;
  enforcement: 'active' | 'evaluate' | 'disabled';
  /** `default`, `all`, or names. */
  branches: 'default' | 'all' | string[];
  rules: GithubRule[];
  /** Who may pass it by. */
  bypass: { id: number | null; type: string; mode: 'always' | 'pull_request' }[];
}

export interface GithubOrganizationRuleset extends GithubRuleset {
  /** All repositories but these, or only these. */
  repositories: { except: string[] } | { only: string[] };
}

/** One rule, as effective rules tell it. */
export interface GithubRule {
  type: string;
  parameters?: Record<string, unknown>;
}

/** Who asks, and what they may. */
export interface GithubToken {
  /** What people call it. */
  name: string;
  value: string;
  form: 'classic' | 'fine-grained' | 'installation';
  /** Whose token it is. */
  user: { id: number; login: string };
  /** Logins of organisations that the token may ask as one of them. To others its holder is a stranger. */
  organizations: string[];
  /** Whether its holder owns those organisations. */
  owner: boolean;
  grants: GithubGrants;
  /** Names of those that it was given; others are hidden, unless they are public. */
  repositories: 'all' | string[];
  /** After this every request is answered with 401; `null` for never. */
  expiresAt: string | null;
}

/** What a token may read. Classic tokens with `admin:org` and `repo` have all of it. */
export interface GithubGrants {
  /** Without it, lists of people are empty: no error tells. */
  members: boolean;
  privateRepositories: boolean;
  organizationAdministration: boolean;
  /** Without it, classic protection is 403. */
  repositoryAdministration: boolean;
  /** Without it, what became of code is 403. */
  contents: boolean;
}

/** Everything that an owner's classic token with `admin:org` and `repo` may read. */
export const allGrants: Readonly<GithubGrants> = {
  members: true,
  privateRepositories: true,
  organizationAdministration: true,
  repositoryAdministration: true,
  contents: true,
};

/** The organisation's rulesets that reach this repository, whether or not they are in force. */
export function rulesetsAbove(
  organization: GithubOrganization,
  { name, formerNames = [] }: GithubRepository,
): GithubOrganizationRuleset[] {
  const called = [name, ...formerNames];
  return organization.rulesets.filter(({ repositories }) =>
    'only' in repositories
      ? called.some((each) => repositories.only.includes(each))
      : !called.some((each) => repositories.except.includes(each)),
  );
}

/** The rules in force on a branch: rulesets that only evaluate or are disabled are not among them. */
export function effectiveRules(
  organization: GithubOrganization,
  repository: GithubRepository,
  branch: string,
): { rule: GithubRule; ruleset: GithubRuleset; source: 'Organization' | 'Repository' }[] {
  const concerns = (ruleset: GithubRuleset) =>
    ruleset.enforcement === 'active' &&
    (ruleset.branches === 'all' ||
      (ruleset.branches === 'default' && branch === repository.defaultBranch) ||
      ruleset.branches.includes(branch));
  const from = (rulesets: readonly GithubRuleset[], source: 'Organization' | 'Repository') =>
    rulesets.filter(concerns).flatMap((ruleset) => ruleset.rules.map((rule) => ({ rule, ruleset, source })));
  return [
    ...from(rulesetsAbove(organization, repository), 'Organization'),
    ...from(repository.rulesets, 'Repository'),
  ];
}

/** The repository that has this name in any case, or had it. */
export function repositoryCalled(
  { repositories }: GithubOrganization,
  wanted: string,
): GithubRepository | undefined {
  return (
    repositories.find(({ name }) => name === wanted) ??
    repositories.find(({ name }) => name.toLowerCase() === wanted.toLowerCase()) ??
    repositories.find(({ formerNames }) => formerNames?.includes(wanted) === true)
  );
}
