import { seeded, type Seeded } from '../aws/random.ts';
import { alertsOf } from './alerts.ts';
import { buildRepositories, distinct } from './build-repositories.ts';
import { buildEstate } from './estate.ts';
import { policiesOf } from './policies.ts';
import {
  allGrants,
  type GithubMember,
  type GithubModel,
  type GithubOrganization,
  type GithubToken,
  type GithubUser,
} from './model.ts';

export interface BuildGithub {
  readonly seed: number | string;
  /** The night that ages are counted from. */
  readonly now: Date;
  readonly login: string;
  readonly name: string;
  readonly email: string;
  /** Logins by number: members first, outside collaborators after them. */
  readonly loginOf: (n: number) => string;
  /** Addresses by number, as far as GitHub verified them. */
  readonly addressesOf?: (n: number) => string[];
  readonly members: number;
  readonly repositories: number;
  /** How many pull requests were merged in each repository; a few, unless told. */
  readonly mergedPullRequests?: number;
  /** What the identity provider of the organisation calls itself. */
  readonly issuer: string;
}

const owners = 4;

/**
 * One organisation that follows from the seed alone, with tokens of every kind. Among its members two have no second
 * factor and one has only SMS; among its outside collaborators one has none. Where there are too few people, those
 * left over are not planted; owners are never planted on.
 */
export function buildGithub(wanted: BuildGithub): GithubModel {
  const { seed, now, login, name, email, loginOf, members: size } = wanted;
  const chance = seeded(`${seed}/github`);
  const user = (n: number, twoFactor: GithubUser['twoFactor']): GithubUser => ({
    // Numbers rise with gaps, as those of a real organisation do, and never repeat.
    id: 1_000_000 + n * 37 + chance.between(`user/${n}`, 0, 36),
    login: loginOf(n),
    twoFactor,
  });
  const [withoutA, withoutB, sms] = distinct(chance, 'two-factor', owners, size, 3);
  const members = Array.from({ length: size }, (_, n): GithubMember => {
    const twoFactor = n === withoutA || n === withoutB ? 'disabled' : n === sms ? 'insecure' : 'secure';
    return {
      ...user(n, twoFactor),
      role: n < owners ? 'admin' : 'member',
      isPublic: n % 9 === 0,
      verifiedAddresses: wanted.addressesOf?.(n) ?? [],
    };
  });
  const [unsafe] = distinct(chance, 'outside', 0, Math.ceil(size / 20), 1);
  const outsideCollaborators = Array.from({ length: Math.ceil(size / 20) }, (_, n) =>
    user(size + n, n === unsafe ? 'disabled' : 'secure'),
  );
  const { repositories, rulesets } = buildRepositories({
    chance,
    now,
    count: wanted.repositories,
    administrator: loginOf(Math.min(owners, size - 1)),
    people: members,
    merged: wanted.mergedPullRequests ?? null,
  });
  const organization: GithubOrganization = {
    id: chance.between('organization', 10_000_000, 99_999_999),
    login,
    name,
    email,
    createdAt: '2017-05-04T08:15:00Z',
    plan: 'enterprise',
    twoFactorRequired: false,
    basePermission: 'write',
    membersCan: {
      createPublicRepositories: false,
      createPrivateRepositories: true,
      deleteRepositories: false,
      changeVisibility: false,
      inviteOutsideCollaborators: true,
    },
    members,
    outsideCollaborators,
    repositories,
    rulesets,
    policies: policiesOf(chance, now),
    alerts: alertsOf(chance, now, repositories),
    estate: buildEstate({ chance, now, members, repositories, issuer: wanted.issuer }),
  };
  return { organizations: [organization], tokens: tokensOf(chance, organization), apps: [] };
}

/** The tokens that a GitHub organisation is asked with, from the one that sees all to the one that sees next to nothing. */
export type TokenName = 'owner' | 'member' | 'thin' | 'no-members' | 'no-administration' | 'stranger';

/** The token of this name. */
export function tokenNamed({ tokens }: GithubModel, name: TokenName): GithubToken {
  const found = tokens.find((token) => token.name === name);
  if (!found) throw new RangeError(`there is no token ${name}`);
  return found;
}

function tokensOf(chance: Seeded, { login, members }: GithubOrganization): GithubToken[] {
  const owner = members[0];
  const member = members.at(-1);
  if (!owner || !member) throw new RangeError('an organisation has at least its owner');
  const token = (
    name: TokenName,
    { form, user, grants }: Pick<GithubToken, 'form' | 'user' | 'grants'>,
    organizations = [login],
  ): GithubToken => ({
    name,
    form,
    value:
      form === 'classic'
        ? `ghp_${chance.hex(`token/${name}`, 36)}`
        : `github_pat_${chance.hex(`token/${name}`, 82)}`,
    user: { id: user.id, login: user.login },
    organizations,
    owner: user === owner,
    grants: { ...grants },
    repositories: 'all',
    expiresAt: null,
  });
  const nothing = {
    members: false,
    privateRepositories: true,
    organizationAdministration: false,
    repositoryAdministration: false,
    contents: false,
  };
  const stranger = { id: 999_999, login: 'passer-by' };
  return [
    token('owner', { form: 'classic', user: owner, grants: allGrants }),
    token('member', { form: 'classic', user: member, grants: allGrants }),
    token('thin', { form: 'fine-grained', user: owner, grants: nothing }),
    // Sees the settings, the two-factor requirement among them, and yet nobody in the lists of people.
    token('no-members', { form: 'fine-grained', user: owner, grants: { ...allGrants, members: false } }),
    token('no-administration', {
      form: 'fine-grained',
      user: owner,
      grants: { ...allGrants, repositoryAdministration: false },
    }),
    token('stranger', { form: 'classic', user: stranger, grants: allGrants }, []),
  ];
}
