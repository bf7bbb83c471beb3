import { monitoring } from './aws/build-trust.ts';
import { readingApp } from './github/apps.ts';
import type { GithubModel } from './github/model.ts';
import type { Microsoft365Model } from './microsoft365/model.ts';
import type { Person } from './people.ts';

interface Said {
  readonly by: string;
  readonly role: string;
  readonly statedOn: string;
  readonly validUntil: string;
}

/** What only people can say, as the company's files would have it. Sources are called after their kind and the company. */
export interface DeclaredLike {
  readonly attestations: readonly (Said & {
    readonly id: string;
    readonly topic: string;
    readonly source?: string;
    readonly stated: Readonly<Record<string, unknown>>;
  })[];
  readonly approvals: {
    readonly exportedBy: string;
    readonly exportedOn: string;
    readonly system: string;
    readonly filter: string;
    /** In the order of the columns. */
    readonly rows: readonly (readonly string[])[];
  };
  readonly companyControls: {
    readonly exportedBy: string;
    readonly exportedOn: string;
    readonly system: string;
    /** In the order of the columns. */
    readonly rows: readonly (readonly string[])[];
  };
  readonly risks: readonly unknown[];
  readonly clauses: Readonly<Record<string, unknown>>;
  readonly entities: readonly unknown[];
  readonly subservices: readonly unknown[];
  /** Of frameworks: what is aimed at, and where health information is. Of Annex A nobody said anything. */
  readonly frameworks: Readonly<Record<string, unknown>>;
  /** Systems that the evidence of others tells of. */
  readonly systems: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: 'connected' | 'not-read';
    readonly source?: string;
    readonly covers: readonly string[];
  }[];
}

interface Company {
  readonly name: string;
  readonly github: GithubModel;
  readonly microsoft365: Microsoft365Model;
  readonly person: (n: number) => Person;
  readonly source: (collector: string) => string;
  readonly day: (offset: number) => string;
}

/**
 * Some of it is in order and some is not: whether GitHub is backed up nobody said, one report is old and one is missing,
 * most requests were approved in time and some never, and one App was forgotten.
 */
export function declaredOf({ name, github, microsoft365, person, source, day }: Company): DeclaredLike {
  const head = { by: person(1).name, role: 'Head of IT' };
  const pushes = github.organizations
    .flatMap(({ repositories }) => repositories.flatMap(({ work }) => work.updates))
    .filter(({ type }) => type === 'push' || type === 'force_push');
  const audits = microsoft365.audits.filter(({ activity }) => /^Add (?:user|member to role)$/.test(activity));
  // What is of the day of the list was looked at on that day: the list knows no later one.
  const after = (at: string) =>
    [new Date(Date.parse(at) + 86_400_000).toISOString().slice(0, 10), day(0)].sort()[0] ?? day(0);
  return {
    attestations: [
      {
        ...head,
        id: 'mail-and-files-backed-up',
        topic: 'saas-backup',
        source: source('microsoft365'),
        statedOn: day(-40),
        validUntil: day(320),
        stated: { backedUp: true, product: 'Tidewater Backup', keptDays: 365 },
      },
      {
        ...head,
        id: 'databases-brought-back',
        topic: 'restore-test',
        source: source('aws'),
        statedOn: day(-58),
        validUntil: day(300),
        stated: { types: ['RDS'], testedOn: day(-60), outcome: 'restored', minutes: 95 },
      },
      {
        ...head,
        id: 'incident-plan',
        topic: 'incident-plan',
        statedOn: day(-90),
        validUntil: day(275),
        stated: { version: '4', datedOn: day(-95), exercisedOn: day(-92) },
      },
    ],
    approvals: {
      exportedBy: person(2).name,
      exportedOn: day(0),
      system: 'Help desk (Tidewater Desk)',
      filter: 'requests for accounts, roles and emergency changes of the last 90 days',
      rows: [
        ...pushes.flatMap(({ id, at }, n) =>
          n % 3 === 2
            ? []
            : [
                [
                  source('github'),
                  String(id),
                  `REQ-${2000 + n}`,
                  person(3).name,
                  after(at),
                  'emergency change',
                ],
              ],
        ),
        ...audits.flatMap(({ id, at, activity }, n) =>
          n % 4 === 3
            ? []
            : [[source('microsoft365'), id, `REQ-${1000 + n}`, person(4).name, at.slice(0, 10), activity]],
        ),
      ],
    },
    companyControls: {
      exportedBy: person(1).name,
      exportedOn: day(-7),
      system: 'Control matrix (spreadsheet)',
      rows: [
        [
          'LA-AC-01',
          'Everybody shows a second factor at sign-in',
          'Head of IT',
          'daily',
          'CC6.1',
          'mfa-required-all-users-m365; mfa-enabled-github-members; mfa-aws-console-users',
        ],
        [
          'LA-AC-04',
          'Who leaves loses access',
          'People team',
          'daily',
          'CC6.2; CC6.3',
          'leaver-disabled-entra',
        ],
        [
          'LA-CM-02',
          'Changes are reviewed before they count',
          'Engineering',
          'daily',
          'CC8.1',
          'pr-review-required',
        ],
        ['LA-HR-01', 'Everybody signs the code of conduct', 'People team', 'yearly', 'CC1.1', ''],
      ],
    },
    risks: [
      {
        id: 'stolen-password',
        title: 'Somebody signs in with a stolen password',
        effect: 'Customers learn that their data were read, and contracts end',
        controls: ['mfa-required-all-users-m365', 'mfa-enabled-github-members'],
        owner: person(1).name,
        decision: { state: 'wanted', what: 'Whether everybody gets a security key', by: day(30) },
        opinion: {
          text: 'Most of this goes away with the keys that are ordered',
          by: person(5).name,
          on: day(-3),
        },
      },
      {
        id: 'lost-databases',
        title: 'The databases are lost with their copies',
        effect: 'The product stands still for days',
        controls: ['backups-immutable', 'restore-tested'],
        owner: person(0).name,
        decision: {
          state: 'taken',
          what: 'treat',
          decidedBy: person(0).name,
          decidedOn: day(-20),
          reason: 'Copies that nobody can delete cost little',
        },
      },
    ],
    clauses: {
      'public-repos-approved': {
        approved: { clause: 'Security policy 4.2', approver: person(1).name, approvedOn: day(-100) },
      },
    },
    entities: [
      {
        id: 'larkspur-analytics',
        name,
        sources: ['github', 'microsoft365', 'aws'].map((collector) => ({
          source: source(collector),
          since: day(-900),
        })),
        declaredBy: person(1).name,
        declaredOn: day(-90),
      },
    ],
    frameworks: {
      csf: {
        declaredBy: head.by,
        declaredOn: day(-30),
        targets: {
          PR: 'Every test of it passes by the end of the year',
          'PR.AA-03': 'Security keys for whoever administers anything',
        },
      },
      hipaa: {
        declaredBy: head.by,
        declaredOn: day(-30),
        systems: [
          { name: 'Results of clinics', source: source('aws') },
          { name: 'Telephone calls of the help desk' },
        ],
        agreements: [
          { with: 'Amazon Web Services', about: 'Hosting of results', signedOn: day(-700) },
          { with: 'Bluebell Telephony', about: 'Recorded calls', signedOn: day(-800), until: day(-70) },
        ],
      },
    },
    subservices: [
      {
        id: 'microsoft',
        name: 'Microsoft (Microsoft 365 and Entra ID)',
        report: {
          title: 'SOC 2 type 2',
          from: day(-500),
          to: day(-135),
          reviewer: person(1).name,
          reviewedOn: day(-60),
          bridgeLetter: { until: day(-45), receivedOn: day(-40) },
        },
      },
      {
        id: 'amazon-web-services',
        name: 'Amazon Web Services',
        report: {
          title: 'SOC 2 type 2',
          from: day(-820),
          to: day(-455),
          reviewer: person(1).name,
          reviewedOn: day(-400),
        },
      },
    ],
    systems: [
      {
        id: 'entra-id-for-github',
        name: 'Entra ID, which signs members in to GitHub',
        state: 'connected',
        source: source('microsoft365'),
        covers: ['sign-in: the GitHub organisation'],
      },
      {
        id: 'monitoring',
        name: 'Monitoring (Lighthouse Watch)',
        state: 'not-read',
        covers: [`AWS account ${monitoring.account}`],
      },
      { id: 'issue-board', name: 'Issue board', state: 'not-read', covers: ['GitHub App issue-board'] },
      {
        id: 'deployer',
        name: 'Deployer',
        state: 'not-read',
        covers: ['GitHub App larkspur-deployer'],
      },
      {
        id: 'exhibit',
        name: 'Exhibit, which gathers this evidence',
        state: 'connected',
        source: source('github'),
        covers: [`GitHub App ${readingApp.slug}`],
      },
    ],
  };
}
