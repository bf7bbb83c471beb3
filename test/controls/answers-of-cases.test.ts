import { describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { supportOf } from '../../controls/answers/draft.ts';
import { allQuestions, answerTo, withResults } from './answering.ts';
import { judged } from './support.ts';
import type { Case } from './told.ts';

/** What each case of each control, judged as it is, makes of every question that the control bears on. */
const judgedCases = await Promise.all(
  controls.map(async ({ id }) => {
    const { cases } = (await import(`./cases/${id}.ts`)) as { readonly cases: readonly Case[] };
    return { id, cases };
  }),
);

describe.each(judgedCases)('$id', ({ id, cases }) => {
  const bearing = allQuestions.flatMap((question) => {
    const found = question.evidence?.controls.find(({ control }) => control === id);
    return found && question.type !== 'request' ? [{ question, found }] : [];
  });
  const tolerant = controls.find((control) => control.id === id)?.tolerant ?? false;

  test('no case that is not a whole pass leaves a bare yes, and one that fails is never glossed over', async () => {
    for (const [title, world, , parameters, register = {}] of cases) {
      const result = await judged(id, world, parameters, { register });
      for (const { question, found } of bearing) {
        const where = `${question.id}: ${title}`;
        const { drafted, statement, measures } = answerTo(question.id, { results: withResults(result) });
        const support = supportOf({ bearing: found, result, tolerant });
        if (drafted === 'supported-yes') expect(['holds', 'none'], where).toContain(support);
        if (result.status === 'fail')
          expect(drafted, where).toBe(found.weight === 'decides' ? 'supported-no' : 'partial-evidence');
        if (result.status === 'no-data') {
          expect(drafted, where).toBe('partial-evidence');
          expect(statement, where).toContain('Could not be told');
          for (const reason of result.because.slice(0, 6)) expect(statement, where).toContain(reason);
        }
        // Nobody is taken out of what is counted.
        const measure = measures.find(({ control }) => control === id);
        expect(measure?.N, where).toBe(result.verdicts.length);
        if (result.verdicts.length > 0)
          expect(statement, where).toContain(`${result.population.pass} of ${result.verdicts.length} `);
      }
    }
  });
});

test('a kind of source that is neither connected nor declared absent is told in every answer about it', async () => {
  for (const { id } of controls) {
    const result = await judged(id, [], {}, { sources: [] });
    for (const { id: question, evidence, type } of allQuestions)
      if (type !== 'request' && evidence?.controls.some(({ control }) => control === id)) {
        const { drafted, untold } = answerTo(question, { results: withResults(result) });
        expect(drafted, `${question} without ${id}`).toBe('partial-evidence');
        expect(untold.join()).toMatch(/source is connected, and none is declared absent/);
      }
  }
});
