import { answersFor, type AnswerLike } from './answers.ts';
import { deployer, monitoring } from './aws/build-trust.ts';
import { buildAws, type AwsModel } from './aws/model.ts';
import { seeded } from './aws/random.ts';
import { readingApp } from './github/apps.ts';
import { buildGithub } from './github/build.ts';
import type { GithubModel } from './github/model.ts';
import { declaredOf, type DeclaredLike } from './declared.ts';
import { buildDns } from './dns/build.ts';
import type { DnsModel } from './dns/server.ts';
import { buildMicrosoft365 } from './microsoft365/build.ts';
import type { Microsoft365Model } from './microsoft365/model.ts';
import { peopleOf, type Person } from './people.ts';
import { registerOf, type RegisterLike } from './register.ts';

export interface BuildCompany {
  readonly seed: number | string;
  /** The night that ages are counted from. */
  readonly now: Date;
  readonly people?: number;
  readonly repositories?: number;
  /** How many pull requests were merged in each repository; a few, unless told. */
  readonly mergedPullRequests?: number;
  /** Active AWS accounts; a suspended one comes on top. */
  readonly accounts?: number;
  readonly usersPerAccount?: number;
}

/** A company that does not exist, as its systems know it. */
export interface Company {
  readonly name: string;
  readonly slug: string;
  /** Everybody who works there, by number from 0. */
  readonly person: (n: number) => Person;
  readonly github: GithubModel;
  readonly microsoft365: Microsoft365Model;
  readonly dns: DnsModel;
  readonly aws: AwsModel;
  /** Failures that the company has accepted, as its exceptions file would say it. */
  readonly exceptions: readonly ExceptionLike[];
  /** Systems that no source reads, as somebody declared them. */
  readonly systems: readonly SystemLike[];
  readonly register: RegisterLike;
  readonly answers: readonly AnswerLike[];
  readonly declared: DeclaredLike;
  /** What the company allows, as its policy file would say it. */
  readonly policy: PolicyLike;
}

interface ExceptionLike {
  readonly id: string;
  readonly control: string;
  readonly subjects: readonly string[];
  readonly class: string;
  readonly owner: string;
  readonly approver: string;
  readonly reason: string;
  readonly safeguard: { readonly text: string };
  readonly start: string;
  readonly end: string;
  readonly review?: string;
}

interface PolicyLike {
  readonly controls: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly clauses?: Readonly<Record<string, unknown>>;
}

interface SystemLike {
  readonly id: string;
  readonly name: string;
  readonly state: 'absent' | 'not-read' | 'by-hand' | 'connected';
  readonly source?: string;
  readonly covers?: readonly string[];
  readonly declaredBy: string;
  readonly declaredOn: string;
}

/**
 * Larkspur Analytics, which follows from the seed, the night and the sizes alone. Its defects are such that every
 * state of a verdict shows: see `github/build.ts`, `github/build-repositories.ts`,
 * `microsoft365/build.ts` and `aws/defects.ts`.
 */
export function buildCompany({
  seed,
  now,
  people = 60,
  repositories = 40,
  mergedPullRequests,
  accounts = 3,
  usersPerAccount = 8,
}: BuildCompany): Company {
  const person = peopleOf(seeded(seed));
  const microsoft365 = buildMicrosoft365({ seed, now, name: 'Larkspur Analytics', people, person });
  const github = buildGithub({
    seed,
    now,
    login: 'larkspur-analytics',
    name: 'Larkspur Analytics',
    email: 'security@example.com',
    loginOf: (n) => person(n).login,
    addressesOf: (n) => (n % 3 === 0 ? [person(n).mail] : []),
    members: people,
    repositories,
    issuer: `https://sts.windows.net/${microsoft365.tenant}/`,
    ...(mergedPullRequests === undefined ? {} : { mergedPullRequests }),
  });
  const inAws = Math.min(people, usersPerAccount * (accounts + 1));
  const aws = buildAws({
    seed,
    now,
    accounts,
    usersPerAccount,
    people: Array.from({ length: inAws }, (_, n) => person(n).userName),
  });
  const declared = declaredOf({
    name: 'Larkspur Analytics',
    github,
    microsoft365,
    person,
    source: (collector) => `${collector}-larkspur`,
    day: (offset) => day(now, offset),
  });
  return {
    name: 'Larkspur Analytics',
    slug: 'larkspur',
    person,
    github,
    microsoft365,
    dns: buildDns(microsoft365.domain),
    aws,
    policy: {
      clauses: declared.clauses,
      controls: {
        ...policyOf(github, now).controls,
        'aws-admin-bounded': {
          administrators: [
            'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Administrator_*',
          ],
        },
        'aws-cross-account-trust-approved': { approved: [monitoring.account], githubOwners: [deployer] },
        'ci-no-long-lived-cloud-keys': { owners: [deployer] },
        'aws-env-separated': {
          purposes: Object.fromEntries(
            aws.accounts.map(({ id }, n) => [id, n === 0 ? 'management' : 'production']),
          ),
        },
      },
    },
    exceptions: exceptionsOf(github, person, now),
    register: registerOf({ github, microsoft365, aws }, person, people, (offset) => day(now, offset)),
    answers: answersFor(person, (offset) => day(now, offset)),
    systems: [
      { id: 'payroll', name: 'Payroll (Harbour Pay)', state: 'by-hand', ...saidOn(person, now, 40) },
      {
        id: 'help-desk',
        name: 'Help desk (Tidewater Desk)',
        state: 'not-read',
        ...saidOn(person, now, 12),
      },
      ...declared.systems.map((system) => ({ ...system, ...saidOn(person, now, 30) })),
    ],
    declared,
  };
}

/** One exception in force, for the member with SMS only, and one that has run out. */
function exceptionsOf({ organizations }: GithubModel, person: Company['person'], now: Date): ExceptionLike[] {
  const members = organizations.flatMap((organization) => organization.members);
  const sms = members.find(({ twoFactor }) => twoFactor === 'insecure');
  const without = members.find(({ twoFactor }) => twoFactor === 'disabled');
  const common = {
    control: 'mfa-enabled-github-members',
    owner: person(0).name,
    approver: person(1).name,
  };
  return [
    ...(sms
      ? [
          {
            ...common,
            id: 'sms-until-keys-arrive',
            subjects: [String(sms.id)],
            class: 'weak second factor',
            reason: 'Works from a site where the security keys ordered for everybody have not arrived yet',
            safeguard: { text: 'Read access only, and sign-ins are reviewed every week' },
            start: day(now, -30),
            end: day(now, 60),
            review: day(now, 30),
          },
        ]
      : []),
    ...(without
      ? [
          {
            ...common,
            id: 'long-leave',
            subjects: [String(without.id)],
            class: 'on leave',
            reason: 'On leave without access to the telephone that holds the second factor',
            safeguard: { text: 'The account was asked to be left unused' },
            start: day(now, -200),
            end: day(now, -20),
          },
        ]
      : []),
  ];
}

/** One public repository, one App, one key and one outsider were approved; others like them were not. */
function policyOf({ organizations }: GithubModel, now: Date): PolicyLike {
  const [organization] = organizations;
  if (!organization) throw new RangeError('the company has an organisation');
  const { login, repositories, policies } = organization;
  const open = repositories.find(({ visibility }) => visibility === 'public');
  const board = policies.installations.find(({ slug }) => slug === 'issue-board');
  const [guest] = organization.outsideCollaborators;
  const keys = repositories.flatMap(({ work }) => work.keys.filter(({ readOnly }) => !readOnly));
  const youngest = keys.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
  return {
    controls: {
      'public-repos-approved': { approved: open ? [`${login}/${open.name}`] : [] },
      'third-party-apps-approved': {
        approved: {
          ...(board ? { [String(board.appId)]: 'The platform team, to plan work' } : {}),
          [String(readingApp.id)]: 'The head of IT, to gather evidence',
        },
      },
      'outside-collaborators-reviewed': {
        sponsored: guest ? { [guest.login]: { sponsor: 'The platform team', until: day(now, 90) } } : {},
      },
      'deploy-keys-limited': {
        approved: youngest ? { [youngest.id]: 'The platform team, to mirror the code' } : {},
      },
    },
  };
}

function saidOn(person: Company['person'], now: Date, daysAgo: number) {
  return { declaredBy: person(1).name, declaredOn: day(now, -daysAgo) };
}

function day(now: Date, offset: number): string {
  return new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
}
