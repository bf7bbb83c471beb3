import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersTo } from '../../controls/answers/answers.ts';
import { board, boardQuestionnaire, gradeOf, grades, type Grade } from '../../controls/board/outcomes.ts';
import { controls } from '../../controls/index.ts';
import { outsideKinds } from '../../controls/questionnaire.ts';
import type { Result, Verdict } from '../../controls/result.ts';
import { allGood, nothingElse, resultFrom } from './answering.ts';
import { forbidden } from './forbidden.ts';
import { products } from './products.ts';

/** How each outcome stands where its tests came out so; those of which nothing is said pass. */
function standing(id: string, results: readonly Result[], systems = nothingElse): Grade {
  const known = { ...allGood, results, systems };
  const answer = answersTo([boardQuestionnaire], known).find(({ question }) => question === id);
  if (!answer) throw new Error(`nothing answers ${id}`);
  return gradeOf(
    answer.drafted,
    answer.measures.map(({ status }) => status),
  );
}

const worseThan = (grade: Grade, than: Grade) => grades.indexOf(grade) >= grades.indexOf(than);

test('there are five outcomes, each under a name of its own', () => {
  expect(new Set(board.outcomes.map(({ id }) => id)).size).toBe(5);
});

describe.each(board.outcomes.map((outcome) => ({ id: outcome.id, outcome })))('$id', ({ id, outcome }) => {
  const { counts, words, outside } = outcome;
  const ids = counts.map(({ control }) => control);

  test('rests on tests and kinds of systems that there are, of sources that have plain names', () => {
    for (const control of ids) {
      const found = controls.find((each) => each.id === control);
      expect(
        found?.collectors.filter((collector) => !(collector in board.systems)),
        control,
      ).toEqual([]);
    }
    expect(Object.keys(outside).filter((kind) => !(kind in outsideKinds))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is told in words that name no product, promise nothing and invent no sum', () => {
    const texts = [
      ...[outcome.asks, outcome.covers, outcome.leaving, ...outcome.doesNotCover],
      ...[...Object.values(words), ...Object.values(outside), ...counts.map(({ says }) => says)],
    ];
    for (const text of texts) {
      expect(text).not.toMatch(products);
      expect(text).not.toMatch(forbidden);
      expect(text).not.toMatch(/[$€£¥%]|\b(million|thousand|score)\b/i);
    }
    expect(new Set(Object.values(words)).size).toBe(grades.length);
    expect(words.unknown).toBe('Not known');
  });

  test('is good where all was read, holds, and nothing else is said to exist', () => {
    expect(worseThan('limited', standing(id, allGood.results))).toBe(true);
  });

  test('is not good where nothing was said of other systems, or nothing was judged', () => {
    if (Object.keys(outside).length > 0) expect(standing(id, allGood.results, [])).not.toBe('safe');
    expect(standing(id, [])).toBe('unknown');
  });

  const status = fc.constantFrom<Verdict['status']>(
    'pass',
    'excepted',
    'manual',
    'no-data',
    'fail',
    'not-applicable',
  );
  const floors: Readonly<Record<Verdict['status'], Grade>> = {
    ...{ fail: 'possible', 'no-data': 'unknown', manual: 'unknown', excepted: 'limited' },
    ...{ pass: 'safe', 'not-applicable': 'safe' },
  };

  test('is never better than its worst result', () => {
    const worlds = fc.array(
      fc.record({ verdicts: fc.array(status, { maxLength: 3 }), gap: fc.boolean(), missing: fc.boolean() }),
      { minLength: ids.length, maxLength: ids.length },
    );
    fc.assert(
      fc.property(worlds, fc.constantFrom(nothingElse, []), (made, systems) => {
        const results = made.flatMap(({ verdicts, gap, missing }, n) =>
          missing ? [] : [resultFrom(ids[n]!, verdicts, gap ? ['a part was refused'] : [])],
        );
        const grade = standing(id, results, systems);
        for (const result of results) {
          expect(worseThan(grade, floors[result.status]), result.status).toBe(true);
          if (result.population.fail > 0) expect(worseThan(grade, 'possible')).toBe(true);
          if (result.because.length > 0 && result.status !== 'not-applicable')
            expect(worseThan(grade, 'unknown')).toBe(true);
        }
        if (results.length < ids.length) expect(worseThan(grade, 'unknown')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
