import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerState } from '../../controls/answers/answer.ts';
import { answersTo, type Known } from '../../controls/answers/answers.ts';
import { controls } from '../../controls/index.ts';
import { questionnaires, type Question } from '../../controls/questionnaire.ts';
import type { Verdict } from '../../controls/result.ts';
import { allGood, allQuestions, answerTo, nothingElse, resultFrom, withoutResult } from './answering.ts';
import { forbidden } from './forbidden.ts';

/** How far each is from a yes. */
const towardsYes: Readonly<Record<AnswerState, number>> = {
  contradicted: 0,
  'supported-no': 1,
  stale: 2,
  'partial-evidence': 2,
  'person-only': 2,
  qualified: 3,
  'supported-yes': 4,
};

/** Verdicts from best to worst. */
const statuses = ['pass', 'excepted', 'manual', 'no-data', 'fail'] as const satisfies Verdict['status'][];
const status = fc.constantFrom<Verdict['status']>(...statuses, 'not-applicable');

const answerable = allQuestions.filter(({ evidence, type }) => evidence !== null && type !== 'request');
const bearing = (question: Question) => question.evidence?.controls.map(({ control }) => control) ?? [];

interface World {
  readonly question: Question;
  readonly results: readonly {
    readonly id: string;
    readonly verdicts: readonly Verdict['status'][];
    readonly because: readonly string[];
    readonly missing: boolean;
  }[];
  readonly systems: Known['systems'];
  readonly stored: Known['stored'];
}

/** Any results, complete or not, some of them missing, any declarations, and a bare yes where there is such a thing. */
const world = fc
  .record({
    question: fc.constantFrom(...answerable),
    verdicts: fc.array(fc.array(status, { maxLength: 4 }), { minLength: 14, maxLength: 14 }),
    gaps: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
    missing: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
    declared: fc.constantFrom('all', 'none', 'some'),
    said: fc.boolean(),
  })
  .map(({ question, verdicts, gaps, missing, declared, said }): World => ({
    question,
    results: bearing(question).map((id, n) => ({
      id,
      verdicts: verdicts[n] ?? [],
      because: gaps[n] ? ['a part was refused'] : [],
      missing: missing[n] ?? false,
    })),
    systems: nothingElse.filter((_, n) => declared === 'all' || (declared === 'some' && n % 2 === 0)),
    stored:
      said && question.type === 'yes-no'
        ? [{ question: question.id, value: 'yes', answeredBy: 'Olga Officer', answeredOn: '2026-05-01' }]
        : [],
  }));

function stateOf({ question, results, systems, stored }: World) {
  return answerTo(question.id, {
    results: results
      .filter(({ missing }) => !missing)
      .map(({ id, verdicts, because }) => resultFrom(id, verdicts, because)),
    systems,
    stored,
  });
}

/** The same with the verdict at this place worse by a step, or with something of it refused, or without the test. */
function worsened({ results, ...rest }: World, at: number, how: 'verdict' | 'gap' | 'gone'): World | null {
  const n = at % results.length;
  const chosen = results[n];
  if (!chosen) return null;
  const put = (changed: (typeof results)[number]) => ({
    ...rest,
    results: results.map((each, m) => (m === n ? changed : each)),
  });
  const failing = chosen.verdicts.includes('fail');
  // What failed and is not seen any more is not a failure any more: that is another matter than getting worse.
  if (how === 'gone') return failing ? null : put({ ...chosen, missing: true });
  if (how === 'gap') return put({ ...chosen, because: ['something else was refused'] });
  const place = at % Math.max(1, chosen.verdicts.length);
  const step = statuses.findIndex((each) => each === chosen.verdicts[place]);
  const next = step === -1 ? undefined : statuses[step + 1];
  if (next === undefined) return null;
  return put({ ...chosen, verdicts: chosen.verdicts.map((each, m) => (m === place ? next : each)) });
}

describe('answers, whatever the results', () => {
  test('nothing that gets worse moves an answer towards yes', () => {
    let compared = 0;
    fc.assert(
      fc.property(world, fc.nat(60), fc.constantFrom('verdict', 'gap', 'gone'), (before, at, how) => {
        const after = worsened(before, at, how);
        if (!after) return;
        compared += 1;
        const [a, b] = [stateOf(before), stateOf(after)];
        expect(towardsYes[b.drafted], `${a.question}: ${a.drafted}, then ${b.drafted}`).toBeLessThanOrEqual(
          towardsYes[a.drafted],
        );
        expect(towardsYes[b.state]).toBeLessThanOrEqual(towardsYes[a.state]);
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  test('a bare yes rests on every control that bears, each wholly judged, and on one at least of the level asked for', () => {
    let yes = 0;
    const spared = (each: World, n: number): World => ({
      ...each,
      results: each.results.map((result, at) =>
        at === n
          ? result
          : {
              ...result,
              verdicts: result.verdicts.map((verdict) =>
                verdict === 'not-applicable' ? verdict : ('pass' as const),
              ),
              because: [],
              missing: false,
            },
      ),
      systems: nothingElse,
      stored: [],
    });
    const whole = world.filter(({ question }) => question.evidence?.reach === 'whole');
    const good = whole.map((each) => spared(each, -1));
    const nearly = fc.tuple(whole, fc.nat(3)).map(([each, n]) => spared(each, n));
    fc.assert(
      fc.property(fc.oneof(world, good, nearly), (each) => {
        const { state, measures, proof } = stateOf(each);
        if (state !== 'supported-yes') return;
        yes += 1;
        const { evidence } = each.question;
        for (const { control, status, n, N, notApplicable, fail, excepted, noData, manual } of measures) {
          const mayBeNone = evidence?.controls.find((one) => one.control === control)?.mayBeNone;
          expect(status === 'pass' || (status === 'not-applicable' && mayBeNone), control).toBe(true);
          expect([fail, excepted, noData, manual]).toEqual([0, 0, 0, 0]);
          if (status === 'pass') expect(n).toBeGreaterThan(0);
          expect(n + notApplicable).toBe(N);
        }
        if (proof.needed !== null) expect(proof.shown).toContain(proof.needed);
        expect(evidence?.reach).toBe('whole');
      }),
      { numRuns: 3000 },
    );
    expect(yes).toBeGreaterThan(100);
  });

  test('populations stay whole, the order of results does not matter, and twice gives the same', () => {
    fc.assert(
      fc.property(world, (each) => {
        const answer = stateOf(each);
        for (const { n, N, fail, excepted, noData, manual, notApplicable } of answer.measures)
          expect(n + fail + excepted + noData + manual + notApplicable).toBe(N);
        expect(stateOf({ ...each, results: each.results.toReversed() })).toEqual(answer);
        expect(JSON.stringify(stateOf(each))).toBe(JSON.stringify(answer));
      }),
      { numRuns: 500 },
    );
  });

  test('no statement promises what software cannot, speaks of all systems, or names one that was not read', () => {
    fc.assert(
      fc.property(
        world,
        fc.subarray(['github', 'microsoft365', 'aws', 'exhibit']),
        ({ question, results, ...rest }, read) => {
          const { statement, covers } = answerTo(question.id, {
            ...rest,
            results: results.map(({ id, verdicts, because }) => resultFrom(id, verdicts, because)),
            sources: allGood.sources.map((source) => ({
              ...source,
              read: read.includes(source.collector),
            })),
          });
          // Ids are names, not words of ours.
          const words = bearing(question).reduce((text, id) => text.replaceAll(id, ''), statement);
          expect(words).not.toMatch(forbidden);
          expect(statement).not.toMatch(/\ball (the )?systems\b|100 ?%/i);
          const scope = /for (.*?): /.exec(statement)?.[1] ?? '';
          for (const collector of ['github', 'microsoft365', 'aws', 'exhibit'])
            if (!read.includes(collector)) expect(scope).not.toContain(`${collector}-one`);
          for (const { collector } of covers?.systems ?? []) expect(read).toContain(collector);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('each question, with everything good', () => {
  const known = (more: Partial<Known> = {}) => answersTo(questionnaires, { ...allGood, ...more });
  const tolerant = new Set(controls.flatMap(({ id, tolerant: is }) => (is ? [id] : [])));

  test('is as good as its reach allows, and no better', () => {
    for (const { question, drafted } of known()) {
      const asked = allQuestions.find(({ id }) => id === question);
      const evidence = asked?.evidence;
      const decides = evidence?.controls.some(({ weight }) => weight !== 'bears');
      const tolerates = evidence?.controls.some(({ control }) => tolerant.has(control));
      if (!evidence) expect(drafted, question).toBe('person-only');
      else if (asked.type === 'request')
        expect(drafted, question).toBe(evidence.reach === 'whole' ? 'supported-yes' : 'partial-evidence');
      else if (!decides || (evidence.reach === 'part' && asked.outside.length === 0))
        expect(drafted, question).toBe('partial-evidence');
      else
        expect(drafted, question).toBe(
          evidence.reach === 'whole' && !tolerates ? 'supported-yes' : 'qualified',
        );
    }
  });

  test('is no yes without any one of the controls that bear on it, nor by evidence that is old', () => {
    for (const { id, evidence, type } of answerable) {
      for (const { control } of evidence?.controls ?? []) {
        const { state, untold } = answerTo(id, { results: withoutResult(control) });
        expect(state, `${id} without ${control}`).toBe('partial-evidence');
        expect(untold.join()).toContain(control);
      }
      expect(answerTo(id, { now: '2026-07-02T00:00:00.000Z' }).state, `${id}, ${type}`).toBe('stale');
    }
  });

  test('without results nothing is said but who could', () => {
    for (const { state } of known({ results: [], readings: [] }))
      expect(['partial-evidence', 'person-only']).toContain(state);
  });

  test('names what was declared, by whom, where it is asked about', () => {
    for (const { outside, id } of allQuestions)
      for (const kind of outside)
        expect(
          answerTo(id).doesNotCover.some((each) => /declared absent \(Olga Officer/.test(each)),
          `${id}: ${kind}`,
        ).toBe(true);
  });
});

test('a tolerance stands in the assertion in numbers, and nowhere else', () => {
  for (const { id, assertion, tolerant = false } of controls)
    expect(
      /\bof (a |each )?(100|hundred)\b|per ?cent|%|\b(most|nearly) (of|all)\b/i.test(assertion),
      id,
    ).toBe(tolerant);
});

test('results speak of each reading, or of the days before it', () => {
  for (const { id, assertion } of controls)
    expect(assertion, id).toMatch(/(at|before) (each|that|the) reading|up to each reading|scheduled nights/i);
});
