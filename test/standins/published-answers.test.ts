import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Demo } from '../../demo/index.ts';
import type { Tree } from '../../demo/aws/wire.ts';
import { xmlOfMembers } from '../../demo/aws/xml.ts';
import type { FaultRule, Faults } from '../../demo/misbehave.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Judgement } from '../../exports/judge.ts';
import type { Source } from '../../scheduler/setup.ts';
import { Clock, readNight, sourcesOf } from '../hostile/bench.ts';
import { startSpotless } from '../hostile/spotless.ts';
import { haveSamples, sample } from '../support/samples.ts';

/*
 * What the vendors themselves published, or others met at their APIs, served as it is given by the stand-ins of a
 * company in which everything passes.
 */
const clock = new Clock('2026-05-04T02:00:00Z');
let demo: Demo;
let sources: ReadonlyMap<string, Source>;

beforeAll(async () => {
  demo = await startSpotless({ now: clock.now(), clock: clock.now });
  sources = sourcesOf(demo);
});

afterAll(() => demo.close());

const servers = (): Readonly<Record<string, Faults>> => ({
  github: demo.github.server.faults,
  microsoft365: demo.microsoft365.server.faults,
  aws: demo.aws.server.faults,
});

/** A night in which these faults lie on the way. */
async function night(collector: string, rules: readonly FaultRule[]): Promise<Judgement> {
  const faults = servers()[collector]!;
  const planted = rules.map((rule) => faults.add(rule));
  try {
    const judgement = await readNight(sources.get(collector)!, {
      clock,
      authorities: [demo.microsoft365.certificate],
      report: () => undefined,
    });
    expect(planted.map(({ met }) => met() > 0)).toEqual(rules.map(() => true));
    return judgement;
  } finally {
    faults.clear();
  }
}

const Page = z.object({
  blocks: z.array(
    z.object({ kind: z.string(), status: z.number().optional(), body: z.unknown().optional() }),
  ),
});

const json = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): FaultRule['fault'] => ({
  kind: 'answer',
  status,
  headers: { ...headers, 'content-type': 'application/json' },
  body,
});

/** The nth answer of a page of Microsoft's documentation. */
function answerOf(page: string, nth: number): string {
  const answers = Page.parse(sample(`graph-docs/${page}.json`)).blocks.filter(
    ({ kind }) => kind === 'response',
  );
  return JSON.stringify(answers[nth]?.body);
}

interface Published {
  readonly dataset: string;
  readonly page: string;
  readonly nth?: number;
  readonly path: RegExp;
  /** Facts of its records, `id field value`; or why it is none, as far as the documentation cut something out. */
  readonly facts: readonly string[] | RegExp;
}

const published: readonly Published[] = [
  {
    dataset: 'microsoft365/user-registration-details',
    page: 'userRegistrationDetails',
    path: /\/userRegistrationDetails/,
    facts: [
      '86462606-fde0-4fc4-9e0c-a20eb73e54c6 mfaCapable true',
      'c6ad1942-4afa-47f8-8d48-afb5d8d69d2f mfaCapable false',
      'c8096958-797c-44fa-8fde-a6fb62567cf0 mfaCapable true',
    ],
  },
  {
    dataset: 'microsoft365/conditional-access-policies',
    page: 'conditionalAccess-policies',
    path: /\/conditionalAccess\/policies/,
    facts: ['ad8d2b4a-8d30-413f-88b8-144c6c8d98d9 state "disabled"'],
  },
  {
    dataset: 'microsoft365/security-defaults',
    page: 'identitySecurityDefaultsEnforcementPolicy',
    path: /\/identitySecurityDefaultsEnforcementPolicy/,
    facts: ['00000000-0000-0000-0000-000000000005 state "enabled"'],
  },
  {
    dataset: 'microsoft365/role-assignments',
    page: 'roleAssignments',
    path: /\/roleAssignments/,
    facts: ['lAPpYvVpN0KRkAEhdxReEMmO4KwRqtpKkUWt3wOYIz4-1 accountType "user"'],
  },
  {
    dataset: 'microsoft365/role-assignments',
    page: 'roleAssignments',
    nth: 1,
    path: /\/roleAssignments/,
    // Asked without their holders, assignments do not tell who is a person: nobody is counted as one.
    facts: [
      'LJnv8vs6uUa3z6Em7nTEUXJ1hPGqSKpHlqMuxhkE9B8-1 role "f2ef992c-3afb-46b9-b7cf-a126ee74c451"',
      'LJnv8vs6uUa3z6Em7nTEUXJ1hPGqSKpHlqMuxhkE9B8-1 accountType unknown',
    ],
  },
  {
    dataset: 'microsoft365/subscribed-skus',
    page: 'subscribedSkus',
    path: /\/subscribedSkus/,
    facts: [
      'c7df2760-2c81-4ef7-b578-5b5392b571df seats 25',
      'd17b27af-3f49-4822-99f9-56a661538792 state "Suspended"',
    ],
  },
  {
    dataset: 'microsoft365/directory-audits',
    page: 'directoryAudits',
    path: /\/directoryAudits/,
    facts: ['id activity "Add member to group"'],
  },
  {
    dataset: 'microsoft365/users',
    page: 'users-list',
    nth: 4,
    path: /\/users\?/,
    facts: [
      'e8b753b5-4117-464e-9a08-713e1ff266b3 name "GradyA@contoso.com"',
      'e8b753b5-4117-464e-9a08-713e1ff266b3 enabled unknown',
    ],
  },
  // The documentation shortened these: an item without its id is nobody, so that the reading is not whole.
  {
    dataset: 'microsoft365/organization',
    page: 'organization',
    path: /\/organization/,
    facts: /1 of 1 items were not understood/,
  },
  {
    dataset: 'microsoft365/users',
    page: 'users-list',
    path: /\/users\?/,
    facts: /1 of 1 items were not understood/,
  },
];

describe.skipIf(!haveSamples)('answers of Microsoft’s documentation', () => {
  test.each(published)('$dataset from $page', async ({ dataset, page, nth = 0, path, facts }) => {
    const judgement = await night('microsoft365', [
      { match: { path }, fault: json(200, answerOf(page, nth)) },
    ]);
    const { snapshot } = judgement.datasets.find((each) => each.dataset === dataset)!;
    const found: string[] = [];
    for (const { data } of snapshot?.records() ?? [])
      for (const [field, value] of Object.entries(data))
        found.push(`${data.id} ${field} ${isUnknown(value) ? 'unknown' : JSON.stringify(value)}`);
    if (facts instanceof RegExp) {
      expect(snapshot?.end.reasons.map(({ text }) => text).join()).toMatch(facts);
      expect(snapshot?.end.outcome).toBe('partial');
    } else {
      expect(found).toEqual(expect.arrayContaining([...facts]));
      expect(snapshot?.end.outcome).toBe('complete');
    }
  });
});

const Recorded = z.object({ data: z.record(z.string(), z.unknown()) });
const RecordedTime = z.strictObject({
  __class__: z.literal('datetime'),
  year: z.int(),
  month: z.int(),
  day: z.int(),
  hour: z.int(),
  minute: z.int(),
  second: z.int(),
  microsecond: z.int(),
});

/** What the service answered, without what the recorder added; its times as the protocol writes them. */
function recorded(name: string, time: (instant: Date) => Tree): Readonly<Record<string, Tree>> {
  const { data } = Recorded.parse(sample(`aws-recorded/${name}.json`));
  const plain = (value: unknown): Tree => {
    const found = RecordedTime.safeParse(value);
    if (found.success) {
      const { year, month, day, hour, minute, second, microsecond } = found.data;
      return time(new Date(Date.UTC(year, month - 1, day, hour, minute, second, microsecond / 1000)));
    }
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value as Tree;
    return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, plain(each)]));
  };
  const fields = Object.entries(data).filter(([field]) => field !== 'ResponseMetadata');
  return Object.fromEntries(fields.map(([field, value]) => [field, plain(value)]));
}

describe.skipIf(!haveSamples)('answers of AWS that others recorded', () => {
  const found = (judgement: Judgement, dataset: string) =>
    judgement.datasets.find((each) => each.dataset === dataset)!.snapshot!;

  test('secrets: of those that were never exchanged it is not told that they are', async () => {
    const name = 'secretsmanager.ListSecrets/test_secrets_manager_delete__secretsmanager.ListSecrets_1';
    const body = JSON.stringify(recorded(name, (instant) => instant.getTime() / 1000));
    const fault = { ...json(200, body), headers: { 'content-type': 'application/x-amz-json-1.1' } };
    const judgement = await night('aws', [{ match: { operation: /ListSecrets/ }, fault }]);
    const snapshot = found(judgement, 'aws/secrets');
    expect(snapshot.end.outcome).toBe('complete');
    const told = new Map([...snapshot.records()].map(({ data }) => [data.id.split(':').at(-1), data]));
    expect(told.get('test1-KGqqf5')).toMatchObject({
      rotated: true,
      rotatedAt: { unknown: 'AWS tells of no exchange' },
    });
    expect([...told.values()].map(({ rotated }) => isUnknown(rotated)).sort()).toEqual([false, true, true]);
  });

  test('last uses: a report is taken when it is made, and not before', async () => {
    const name = 'iam.GetServiceLastAccessedDetails/test_iam_user_usage__iam.GetServiceLastAccessedDetails_';
    const answer = (n: number): FaultRule['fault'] => ({
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<GetServiceLastAccessedDetailsResponse><GetServiceLastAccessedDetailsResult>${xmlOfMembers(recorded(`${name}${n}`, (instant) => instant.toISOString()))}</GetServiceLastAccessedDetailsResult></GetServiceLastAccessedDetailsResponse>`,
    });
    const match = { operation: /GetServiceLastAccessedDetails/ };
    const judgement = await night('aws', [
      { match, times: 3, fault: answer(1) },
      { match, fault: answer(2) },
    ]);
    const snapshot = found(judgement, 'aws/user-service-uses');
    expect(snapshot.end.reasons).toEqual([]);
    expect(snapshot.end.outcome).toBe('complete');
    // All that it tells is years before what was asked for.
    expect([...snapshot.records()]).toEqual([]);
    expect(snapshot.end.items).toBeGreaterThan(100);
  });
});

const Refusals = z.object({
  cases: z.array(
    z.looseObject({
      id: z.string(),
      status: z.number().optional(),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.unknown().optional(),
      body_fragment: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});
type Refusal = z.output<typeof Refusals>['cases'][number];

/** Where a refusal that others met is served, and what must not pass then. */
interface Served {
  readonly collector: string;
  readonly match: NonNullable<FaultRule['match']>;
  readonly fault?: (given: Refusal) => FaultRule['fault'];
  readonly dataset: string;
  readonly control: string;
  /** What is said of it: by the dataset, and by the control. */
  readonly says: { readonly outcome: string; readonly status: string; readonly because: RegExp };
}

const xml = (status: number, code: string): FaultRule['fault'] => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});
const cannotTell = (outcome: string, because: RegExp) => ({ outcome, status: 'no-data', because });
const registration = {
  collector: 'microsoft365',
  match: { path: /\/userRegistrationDetails/ },
  dataset: 'microsoft365/user-registration-details',
  control: 'mfa-registered-all-users-m365',
};
const report = {
  collector: 'aws',
  match: { operation: /GetCredentialReport/ },
  dataset: 'aws/credential-report',
  control: 'mfa-aws-console-users',
};
const members = {
  collector: 'github',
  match: { path: /\/members\?(?!.*filter=)/ },
  dataset: 'github/members',
  control: 'mfa-enabled-github-members',
};

const served: Readonly<Record<string, Served>> = {
  'gh-2fa-not-owner': {
    ...members,
    match: { path: /filter=2fa_disabled/ },
    dataset: 'github/members-2fa-disabled',
    says: cannotTell('denied', /GitHub answered 422[^]*grant: .*Organization owner/),
  },
  'gh-members-invisible': {
    ...members,
    says: cannotTell('partial', /0 were listed, GraphQL's count of members says 6/),
  },
  'gh-org-2fa-null': {
    collector: 'github',
    match: { path: /^\/orgs\/[^/]+$/ },
    fault: () => ({ kind: 'set', pointer: '/two_factor_requirement_enabled', value: null }),
    dataset: 'github/organization',
    control: 'mfa-required-github-org',
    says: cannotTell('complete', /grant: /),
  },
  'gh-secondary-limit': { ...members, says: cannotTell('failed', /asks to wait longer/) },
  'gh-primary-limit': { ...members, says: cannotTell('failed', /asks to wait longer/) },
  'ms-no-premium': {
    ...registration,
    says: cannotTell('not-licensed', /Directory\.Read\.All is missing.*\(grant: Microsoft Entra ID P1\)/),
  },
  'ms-no-directory-read': { ...registration, says: cannotTell('denied', /\(grant: Directory\.Read\.All\)/) },
  'ms-pim-no-p2': {
    ...registration,
    match: { path: /\/roleAssignments/ },
    dataset: 'microsoft365/role-assignments',
    control: 'admin-count-bounded-m365',
    says: cannotTell('not-licensed', /\(grant: Microsoft Entra ID P2\)/),
  },
  'ms-intune-none': {
    ...registration,
    fault: ({ body_fragment }) => json(400, JSON.stringify(body_fragment)),
    says: cannotTell('failed', /did not answer the question \(400\)/),
  },
  'ms-throttled': { ...registration, says: cannotTell('failed', /asks to wait longer.*429 TooManyRequests/) },
  'aws-credreport-absent': {
    ...report,
    fault: () => xml(410, 'ReportNotPresent'),
    says: cannotTell('failed', /ReportNotPresent \(HTTP 410\)/),
  },
  'aws-credreport-in-progress': {
    ...report,
    fault: () => xml(404, 'ReportInProgress'),
    says: cannotTell('failed', /ReportInProgress \(HTTP 404\)/),
  },
};

describe.skipIf(!haveSamples)('refusals that others met', () => {
  const { cases } = haveSamples ? Refusals.parse(sample('error-shapes/index.json')) : { cases: [] };
  // Classic protection is read as rules of a repository, so that nobody is told that a branch has none.
  const met = cases.filter(({ id }) => id !== 'gh-branch-not-protected');
  test.each(met)('$id', async (given) => {
    const { collector, match, fault, dataset, control, says } = served[given.id]!;
    const as = fault?.(given) ?? json(given.status ?? 200, JSON.stringify(given.body ?? {}), given.headers);
    const judgement = await night(collector, [{ match, fault: as }]);
    const { snapshot } = judgement.datasets.find((each) => each.dataset === dataset)!;
    const result = judgement.results.find((each) => each.control === control)!;
    const said = [
      ...(snapshot?.end.reasons.map(({ text }) => text) ?? []),
      ...result.because,
      ...result.verdicts.map(({ reason }) => reason),
    ].join('\n');
    expect({ outcome: snapshot?.end.outcome, status: result.status }).toEqual({
      outcome: says.outcome,
      status: says.status,
    });
    expect(said).toMatch(says.because);
  });
});
