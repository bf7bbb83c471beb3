import type {
  AwsAccount,
  AwsDocument,
  AwsEventSelector,
  AwsPasswordPolicy,
  AwsRole,
  AwsSignIn,
  AwsTrail,
  AwsUser,
} from './model.ts';
import { bucketsOf } from './build-organization.ts';
import { regionsOf } from './build-region.ts';
import type { Seeded } from './random.ts';

/** What every part of the builder needs: chance that follows the seed, and the night that the model is about. */
export interface Making {
  readonly chance: Seeded;
  /** The time so many days before the night, to the second. */
  readonly ago: (days: number, seconds?: number) => string;
  readonly partition: string;
}

export function making(chance: Seeded, now: Date, partition: string): Making {
  const ago = (days: number, seconds = 0) =>
    new Date(now.getTime() - (days * 86_400 + seconds) * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  return { chance, ago, partition };
}

const given = 'Ada Bruno Carla Dov Elif Farid Greta Hiro Ines Jonas Kemi Lotte Milan Nora Omar Priya'.split(
  ' ',
);
const family = 'Abara Brandt Castell Dimov Eklund Ferro Gundel Haddad Iwata Jansen Kovac Lindqvist'.split(
  ' ',
);

/** The user names of people, none twice. */
export function userNames(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const round = Math.floor(n / (given.length * family.length));
    // Both lists are walked at different paces, so that neighbours share neither name.
    const first = given[n % given.length] ?? '';
    const last = family[(n + Math.floor(n / given.length)) % family.length] ?? '';
    return `${first}.${last}${round === 0 ? '' : round + 1}`.toLowerCase();
  });
}

/** Someone of flawless habits: MFA, a young password, and where there is a key, a young one that is in use. */
export function person(make: Making, account: string, name: string): AwsUser {
  const { chance, ago } = make;
  const key = `${account}/${name}`;
  const lastUsed = ago(chance.between(`${key}/seen`, 0, 12), chance.between(`${key}/second`, 60, 80_000));
  return {
    id: chance.id('AIDA', key),
    name,
    path: '/',
    createdAt: ago(chance.between(`${key}/created`, 200, 900)),
    password: { changedAt: ago(chance.between(`${key}/password`, 20, 80)), lastUsedAt: lastUsed },
    mfa: [{ name, type: 'virtual', enabledAt: ago(chance.between(`${key}/mfa`, 100, 190)) }],
    accessKeys:
      chance.between(`${key}/has-key`, 1, 3) === 1 ? [accessKey(make, `${key}/1`, { age: 40, used: 2 })] : [],
    signingCertificates: [],
    groups: ['developers'],
    attachedPolicies: [],
    inlinePolicies: [],
    boundary: null,
  };
}

/** A program: one young key in daily use, no password. */
export function robot(make: Making, account: string, name: string): AwsUser {
  return {
    ...person(make, account, name),
    path: '/service/',
    password: null,
    mfa: [],
    accessKeys: [accessKey(make, `${account}/${name}/1`, { age: 35, used: 0 })],
    groups: [],
    inlinePolicies: [
      { name: 'release-upload', document: allow('s3:PutObject', `arn:${make.partition}:s3:::releases/*`) },
    ],
  };
}

/** A key made `age` days ago and last used `used` days ago, or never. */
export function accessKey(
  { chance, ago }: Making,
  name: string,
  { age, used, active = true }: { age: number; used: number | null; active?: boolean },
): AwsUser['accessKeys'][number] {
  return {
    id: chance.id('AKIA', name, 20),
    active,
    rotatedAt: ago(age),
    lastUsed: used === null ? null : { at: ago(used, 3_600), region: 'us-east-1', service: 's3' },
  };
}

export function allow(action: string, resource: string): AwsDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
}

export const strongPasswords: Readonly<AwsPasswordPolicy> = {
  minimumLength: 14,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
  allowUsersToChange: true,
  maximumAgeDays: 90,
  reusePrevention: 24,
  hardExpiry: false,
};

const everything: AwsEventSelector = { readWriteType: 'All', managementEvents: true, excludedSources: [] };

/** A trail that records everything everywhere, in this bucket. */
export function trail({ ago }: Making, name: string, bucket: string): AwsTrail {
  return {
    name,
    homeRegion: 'us-east-1',
    multiRegion: true,
    organization: false,
    logging: true,
    startedAt: ago(400),
    stoppedAt: null,
    fileValidation: true,
    kmsKey: null,
    bucket,
    deliveryError: null,
    selectors: { type: 'classic', selectors: [everything] },
  };
}

/** An account in which nothing is wrong. */
export function flawless(
  make: Making,
  id: string,
  { name, users, joinedDays }: { name: string; users: AwsUser[]; joinedDays: number },
): AwsAccount {
  const { chance, ago, partition } = make;
  const managed = (policy: string) => `arn:${partition}:iam::aws:policy/${policy}`;
  return {
    id,
    name,
    email: `aws+${name.toLowerCase().replaceAll(' ', '-')}@example.com`,
    status: 'ACTIVE',
    joinedAt: ago(joinedDays),
    joinedMethod: 'CREATED',
    root: {
      createdAt: ago(joinedDays),
      mfa: { name: 'root-account-mfa-device', type: 'virtual', enabledAt: ago(joinedDays - 1) },
      accessKeys: [],
      signingCertificates: [],
      passwordPresent: true,
      passwordLastUsedAt: null,
    },
    users,
    groups: [
      {
        id: chance.id('AGPA', `${id}/developers`),
        name: 'developers',
        path: '/',
        createdAt: ago(joinedDays - 1),
        attachedPolicies: [managed('ReadOnlyAccess')],
        inlinePolicies: [],
      },
    ],
    roles: [
      role(make, id, 'AWSServiceRoleForOrganizations', {
        path: '/aws-service-role/organizations.amazonaws.com/',
        trusts: { Service: 'organizations.amazonaws.com' },
        policies: [managed('aws-service-role/AWSOrganizationsServiceTrustPolicy')],
      }),
      role(make, id, 'app-runner', {
        trusts: { Service: 'ec2.amazonaws.com' },
        policies: [`arn:${partition}:iam::${id}:policy/app-data`],
      }),
    ],
    policies: [
      {
        id: chance.id('ANPA', `${id}/app-data`),
        name: 'app-data',
        path: '/',
        createdAt: ago(joinedDays - 2),
        versions: [
          { createdAt: ago(joinedDays - 2), document: allow('s3:*', `arn:${partition}:s3:::app-data/*`) },
          { createdAt: ago(30), document: allow('s3:GetObject', `arn:${partition}:s3:::app-data/*`) },
        ],
      },
    ],
    spareMfaDevices: [],
    passwordPolicy: { ...strongPasswords },
    summaryLies: {},
    trails: [],
    reachedByOrganizationTrails: true,
    signIns: [],
    readRole: null,
    regions: regionsOf(make, id),
    buckets: bucketsOf(make, id),
    publicAccessBlock: true,
    securityContact: true,
    samlProviders: [{ name: 'Entra', createdAt: ago(380), validUntil: ago(-700) }],
    oidcProviders: [
      {
        url: 'token.actions.githubusercontent.com',
        audiences: ['sts.amazonaws.com'],
        createdAt: ago(370),
      },
    ],
  };
}

export function role(
  { chance, ago }: Making,
  account: string,
  name: string,
  { path = '/', trusts, policies }: { path?: string; trusts: AwsDocument; policies: string[] },
): AwsRole {
  return {
    id: chance.id('AROA', `${account}/${name}`),
    name,
    path,
    createdAt: ago(390),
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: trusts, Action: 'sts:AssumeRole' }],
    },
    attachedPolicies: policies,
    inlinePolicies: [],
    boundary: null,
    lastUsed: null,
  };
}

/**
 * The sign-ins that the passwords' last use implies, one for each, and one failed attempt. Users of the global sign-in
 * page are recorded in one of several regions, root always in us-east-1:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function signInsOf({ chance }: Making, { id, users, root }: AwsAccount): AwsSignIn[] {
  const seen = users.flatMap(({ name, password, mfa }) =>
    password?.lastUsedAt == null ? [] : [{ user: name, at: password.lastUsedAt, mfaUsed: mfa.length > 0 }],
  );
  if (root.passwordLastUsedAt !== null)
    seen.push({ user: 'root', at: root.passwordLastUsedAt, mfaUsed: root.mfa !== null });
  const events = seen.map(({ user, at, mfaUsed }, n): AwsSignIn => ({
    id: chance.uuid(`${id}/${user}/${at}`),
    at,
    user,
    region: user === 'root' || n % 3 !== 1 ? 'us-east-1' : 'us-east-2',
    succeeded: true,
    mfaUsed,
  }));
  const [first] = events;
  if (first) {
    const at = new Date(Date.parse(first.at) - 40_000).toISOString().replace(/\.\d+Z$/, 'Z');
    events.push({
      ...first,
      id: chance.uuid(`${id}/${first.user}/failed`),
      at,
      succeeded: false,
      mfaUsed: false,
    });
  }
  return events;
}
