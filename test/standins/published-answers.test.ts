import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Demo } from '../../demo/index.ts';
import type { FaultRule, Faults } from '../../demo/misbehave.ts';
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
  blocks: z.array(z.object({ kind: z.string(), status: z.number().optional(), body: z.unknown().optional() })),
});

/** The nth answer of a page of Microsoft's documentation. */
function answerOf(page: string, nth: number): string {
  const answers = Page.parse(sample(`graph-docs/${page}.json`)).blocks.filter(({ kind }) => kind === 'response');
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
    facts: ['x x x'],
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
    facts: ['x'],
  },
  {
    dataset: 'microsoft365/subscribed-skus',
    page: 'subscribedSkus',
    path: /\/subscribedSkus/,
    facts: ['c7df2760-2c81-4ef7-b578-5b5392b571df seats 25', 'd17b27af-3f49-4822-99f9-56a661538792 state "Suspended"'],
  },
  {
    dataset: 'microsoft365/directory-audits',
    page: 'directoryAudits',
    path: /\/directoryAudits/,
    facts: ['id activity "Add member to group"'],
  },
  { dataset: 'microsoft365/organization', page: 'organization', path: /\/organization/, facts: /x/ },
  { dataset: 'microsoft365/users', page: 'users-list', path: /\/users\?/, facts: /x/ },
  { dataset: 'microsoft365/users', page: 'users-list', nth: 4, path: /\/users\?/, facts: /x/ },
  { dataset: 'microsoft365/users', page: 'users-list', nth: 7, path: /\/users\?/, facts: /x/ },
];

describe.skipIf(!haveSamples)('answers of Microsoft’s documentation', () => {
  test.each(published)('$dataset: $page', async ({ dataset, page, nth = 0, path, facts }) => {
    const body = answerOf(page, nth);
    const judgement = await night('microsoft365', [
      {
        match: { path },
        fault: { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body },
      },
    ]);
    const { snapshot } = judgement.datasets.find((each) => each.dataset === dataset)!;
    const found: string[] = [];
    for await (const { data } of snapshot?.records() ?? [])
      for (const [field, value] of Object.entries(data)) found.push(`${data.id} ${field} ${JSON.stringify(value)}`);
    console.log(dataset, page, nth, snapshot?.end.outcome, JSON.stringify(snapshot?.end.reasons), found);
    if (facts instanceof RegExp) expect(JSON.stringify(snapshot?.end.reasons)).toMatch(facts);
    else expect(found).toEqual(expect.arrayContaining([...facts]));
  });
});
