import type { Seeded } from '../aws/random.ts';
import type { GithubMember, GithubUser } from './model.ts';

/** What an organisation has besides people and repositories, as facts. */
export interface GithubEstate {
  teams: GithubTeam[];
  invitations: GithubInvitation[];
  failedInvitations: (GithubInvitation & { failedAt: string })[];
  hooks: { id: number; url: string; events: string[]; active: boolean; checked: boolean; signed: boolean }[];
  tokens: GithubFineGrained[];
  tokenRequests: GithubFineGrained[];
  authorizations: GithubAuthorization[];
  roles: GithubRole[];
  properties: { name: string; values: Record<string, string | string[] | null> }[];
  runners: { id: number; name: string; os: string; online: boolean; ephemeral: boolean }[];
  runnerGroups: {
    id: number;
    name: string;
    visibility: 'all' | 'selected' | 'private';
    openToPublic: boolean;
  }[];
  secrets: {
    name: string;
    createdAt: string;
    updatedAt: string;
    visibility: 'all' | 'private' | 'selected';
  }[];
  weaknesses: { repository: string; number: number; rule: string; severity: string; openedAt: string }[];
  configurations: GithubSecurityConfiguration[];
  /** `null` where no identity provider is set up. */
  identities: GithubIdentity[] | null;
  /** What that provider calls itself. */
  issuer: string;
  /** What the organisation belongs to, and who can sign in there. */
  enterprise: { slug: string; administrators: number; identities: GithubIdentity[] | null };
  addresses: {
    enabled: boolean;
    forPrograms: boolean;
    ranges: { id: string; value: string; active: boolean }[];
  };
  domains: { restricted: boolean; list: { id: string; domain: string; verified: boolean }[] };
  events: {
    id: string;
    at: string;
    action: string;
    actor: string;
    repository: string | null;
    /** Whom it was done to, and what they may do since. */
    to?: { user: number; login: string; permission: 'admin' | 'read' };
  }[];
}

export interface GithubIdentity {
  guid: string;
  nameId: string | null;
  scim: string | null;
  user: number | null;
}

export interface GithubTeam {
  id: number;
  slug: string;
  parent: number | null;
  members: { user: number; maintainer: boolean }[];
  repositories: { name: string; permission: 'READ' | 'TRIAGE' | 'WRITE' | 'MAINTAIN' | 'ADMIN' }[];
}

export interface GithubInvitation {
  id: number;
  login: string | null;
  email: string | null;
  role: string;
  createdAt: string;
  inviter: GithubUser;
}

export interface GithubFineGrained {
  id: number;
  tokenId: number;
  owner: GithubUser;
  name: string;
  reach: 'none' | 'all' | 'subset';
  permissions: Record<string, string>;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

export interface GithubAuthorization {
  id: number;
  login: string;
  type: 'personal access token' | 'SSH key';
  lastEight: string;
  scopes: string[];
  authorizedAt: string;
  accessedAt: string | null;
  expiresAt: string | null;
}

export interface GithubRole {
  id: number;
  name: string;
  source: 'Organization' | 'Predefined';
  /** What it gives of every repository. */
  base: 'read' | 'triage' | 'write' | 'maintain' | 'admin' | null;
  permissions: string[];
  createdAt: string;
  users: GithubUser[];
  teams: GithubTeam[];
}

export interface GithubSecurityConfiguration {
  id: number;
  name: string;
  enforced: boolean;
  on: boolean;
  repositories: { name: string; status: 'attached' | 'enforced' | 'failed' }[];
}

export interface BuildEstate {
  readonly chance: Seeded;
  readonly now: Date;
  readonly members: readonly GithubMember[];
  readonly repositories: readonly {
    readonly id: number;
    readonly name: string;
    readonly archived: boolean;
  }[];
  readonly issuer: string;
}

/** Whole seconds, as GitHub writes times. */
export const ago = (now: Date, days: number) =>
  new Date(now.getTime() - days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * An estate with a few things amiss: a token without an end, a hook that trusts any certificate, an old key in the
 * pipelines, machines that strangers' code may reach.
 */
export function buildEstate({ chance, now, members, repositories, issuer }: BuildEstate): GithubEstate {
  const [first] = members;
  const last = members.at(-1);
  if (!first || !last) throw new RangeError('an organisation has at least its owner');
  const id = (name: string) => chance.between(name, 1_000_000, 9_999_999);
  const before = (days: number) => ago(now, days);
  const live = repositories.filter(({ archived }) => !archived);
  const teams = teamsOf(chance, members, live);
  const token = (
    name: string,
    facts: Omit<GithubFineGrained, 'id' | 'tokenId' | 'name'>,
  ): GithubFineGrained => ({
    id: id(`token/${name}`),
    tokenId: id(`token-id/${name}`),
    name,
    ...facts,
  });
  const invitation = (name: string, facts: Pick<GithubInvitation, 'login' | 'email'>, days: number) => ({
    id: id(`invitation/${name}`),
    ...facts,
    role: 'direct_member',
    createdAt: before(days),
    inviter: first,
  });
  const identities = (where: string): GithubIdentity[] =>
    members.map(({ id: user, login }, n) => ({
      guid: chance.uuid(`${where}/${login}`),
      nameId: n % 10 === 7 ? null : `${login}@example.com`,
      scim: n % 10 === 8 ? null : `${login}@example.com`,
      user: n % 15 === 14 ? null : user,
    }));
  return {
    teams,
    invitations: [
      invitation('known', { login: 'newcomer', email: null }, 3),
      invitation('by-mail', { login: null, email: 'new.hire@example.com' }, 1),
    ],
    failedInvitations: [
      { ...invitation('failed', { login: null, email: 'gone@example.com' }, 30), failedAt: before(23) },
    ],
    hooks: [
      {
        id: id('hook/chat'),
        url: `https://chat.example.com/hooks/${chance.hex('hook/secret', 24)}`,
        events: ['push', 'member'],
        active: true,
        checked: true,
        signed: true,
      },
      {
        id: id('hook/old'),
        url: 'https://builds.example.com/notify',
        events: ['*'],
        active: true,
        checked: false,
        signed: false,
      },
    ],
    tokens: [
      token('laptop-deploy', {
        owner: first,
        reach: 'subset',
        permissions: { contents: 'write', metadata: 'read' },
        createdAt: before(200),
        expiresAt: null,
        lastUsedAt: before(1),
      }),
      token('monthly-report', {
        owner: last,
        reach: 'all',
        permissions: { metadata: 'read' },
        createdAt: before(20),
        expiresAt: before(-60),
        lastUsedAt: null,
      }),
    ],
    tokenRequests: [
      token('wanted', {
        owner: last,
        reach: 'all',
        permissions: { contents: 'read' },
        createdAt: before(2),
        expiresAt: before(-30),
        lastUsedAt: null,
      }),
    ],
    authorizations: [
      {
        id: id('authorization/token'),
        login: last.login,
        type: 'personal access token',
        lastEight: chance.hex('authorization/token', 8),
        scopes: ['repo', 'admin:org'],
        authorizedAt: before(400),
        accessedAt: before(5),
        expiresAt: null,
      },
      {
        id: id('authorization/key'),
        login: first.login,
        type: 'SSH key',
        lastEight: '',
        scopes: [],
        authorizedAt: before(300),
        accessedAt: null,
        expiresAt: null,
      },
    ],
    roles: [
      {
        id: 138,
        name: 'all_repo_read',
        source: 'Predefined',
        base: 'read',
        permissions: [],
        createdAt: '2022-07-04T22:19:11Z',
        users: [],
        teams: teams.slice(0, 1),
      },
      {
        id: id('role/custom'),
        name: 'webhook-keeper',
        source: 'Organization',
        base: null,
        permissions: ['manage_organization_webhooks'],
        createdAt: before(150),
        users: [first],
        teams: [],
      },
    ],
    properties: repositories.map(({ name }, n) => ({
      name,
      values: {
        'audit-scope': n % 4 === 0 ? 'out' : 'in',
        ...(n % 6 === 0 ? { data: ['personal', 'payment'] } : {}),
      },
    })),
    runners: [
      { id: 21, name: 'builder-1', os: 'Linux', online: true, ephemeral: true },
      { id: 22, name: 'builder-old', os: 'Linux', online: false, ephemeral: false },
    ],
    runnerGroups: [
      { id: 1, name: 'Default', visibility: 'all', openToPublic: false },
      { id: 2, name: 'shared', visibility: 'selected', openToPublic: true },
    ],
    secrets: [
      { name: 'DEPLOY_KEY', createdAt: before(900), updatedAt: before(900), visibility: 'all' },
      { name: 'NPM_TOKEN', createdAt: before(300), updatedAt: before(20), visibility: 'selected' },
    ],
    weaknesses: live.slice(0, 2).map(({ name }, n) => ({
      repository: name,
      number: n + 1,
      rule: 'js/example-injection',
      severity: n === 0 ? 'high' : 'medium',
      openedAt: before(14 + n),
    })),
    configurations: [
      {
        id: 17,
        name: 'Recommended',
        enforced: true,
        on: true,
        repositories: live.map(({ name }, n) => ({ name, status: n % 9 === 4 ? 'failed' : 'enforced' })),
      },
      { id: 18, name: 'Nothing yet', enforced: false, on: false, repositories: [] },
    ],
    identities: identities('identity'),
    issuer,
    enterprise: { slug: 'example-enterprise', administrators: 2, identities: identities('enterprise') },
    addresses: {
      enabled: false,
      forPrograms: false,
      ranges: [
        { id: 'IALE_office', value: '192.0.2.0/24', active: true },
        { id: 'IALE_former', value: '198.51.100.0/24', active: false },
      ],
    },
    domains: {
      restricted: true,
      list: [
        { id: 'VD_main', domain: 'example.com', verified: true },
        { id: 'VD_other', domain: 'example.org', verified: false },
      ],
    },
    events: Array.from({ length: 30 }, (_, n) => ({
      id: chance.hex(`event/${n}`, 22),
      at: new Date(now.getTime() - (n * 26 + 3) * 3_600_000).toISOString(),
      action:
        n % 5 === 4 ? 'protected_branch.policy_override' : n % 3 === 0 ? 'team.add_member' : 'repo.access',
      actor: members[n % members.length]?.login ?? first.login,
      repository: n % 3 === 0 ? null : (repositories[n % Math.max(1, repositories.length)]?.name ?? null),
    })),
  };
}

/**
 * Everybody, and below that a team for each ten people, each of which works in some repositories, and one of two people
 * beside the owners who administer a few.
 */
function teamsOf(
  chance: Seeded,
  members: readonly GithubMember[],
  repositories: readonly { readonly name: string }[],
): GithubTeam[] {
  const everybody: GithubTeam = {
    id: chance.between('team/everybody', 100_000, 199_999),
    slug: 'everybody',
    parent: null,
    members: members.map(({ id }, n) => ({ user: id, maintainer: n === 0 })),
    repositories: repositories.slice(0, 5).map(({ name }) => ({ name, permission: 'READ' })),
  };
  const count = Math.max(1, Math.min(40, Math.floor(members.length / 10)));
  const levels = ['WRITE', 'MAINTAIN', 'TRIAGE'] as const;
  const others = Array.from({ length: count }, (_, n): GithubTeam => ({
    id: 200_000 + n * 31 + chance.between(`team/${n}`, 0, 30),
    slug: `squad-${n + 1}`,
    parent: everybody.id,
    members: members.slice(n * 10, n * 10 + 10).map(({ id }, at) => ({ user: id, maintainer: at === 0 })),
    repositories: repositories
      .filter((_each, at) => at % count === n)
      .map(({ name }, at) => ({ name, permission: levels[at % levels.length] ?? 'READ' })),
  }));
  const keepers: GithubTeam = {
    id: chance.between('team/keepers', 300_000, 399_999),
    slug: 'repository-keepers',
    parent: everybody.id,
    members: members
      .filter(({ role }) => role !== 'admin')
      .slice(0, 2)
      .map(({ id }, at) => ({ user: id, maintainer: at === 0 })),
    repositories: repositories
      .filter((_each, at) => at % 4 === 2)
      .map(({ name }) => ({ name, permission: 'ADMIN' })),
  };
  return [everybody, ...others, keepers];
}
