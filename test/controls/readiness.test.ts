import { describe, expect, test } from 'vitest';
import type { Exception } from '../../controls/declarations.ts';
import { answersTo, type Known } from '../../controls/answers/answers.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { likelyQuestions } from '../../controls/readiness.ts';
import { allGood, asOf, resultFrom, withResults } from './answering.ts';
import { forbidden } from './forbidden.ts';

function likely(more: Partial<Known> = {}) {
  const known = { ...allGood, ...more };
  return likelyQuestions({ ...known, questionnaires, answers: answersTo(questionnaires, known) });
}

const exception = (id: string, end: string): Exception => ({
  ...{ id, control: 'mfa-aws-console-users', subjects: ['subject-0'], class: 'emergency account' },
  ...{ owner: 'Olga Officer', approver: 'B', reason: 'C', start: '2026-01-01', end },
  safeguard: { text: 'a hardware key' },
});

describe('likely questions', () => {
  test('where all is good only what a person must answer is left', () => {
    const kinds = new Set(likely().map(({ kind }) => kind));
    expect([...kinds]).toEqual(['unanswered']);
  });

  test('come in the order in which they are asked, the gravest of a kind first', () => {
    const found = likely({
      results: withResults(
        resultFrom('external-mail-tagged', ['fail']),
        resultFrom('legacy-auth-blocked-m365', ['pass', 'fail']),
        resultFrom('storage-not-public', ['pass'], ['the region eu-west-1 was refused']),
      ),
      exceptions: [
        exception('soon', '2026-07-15'),
        exception('gone', '2026-06-01'),
        exception('far', '2027-01-01'),
      ],
      systems: allGood.systems.filter(({ id }) => id !== 'remote-access'),
      stored: [
        {
          ...{ question: 'INS-EML-02', value: 'yes' },
          ...{ answeredBy: 'Olga Officer', answeredOn: '2026-05-01' },
        },
        { question: 'INS-MFA-14', value: 'yes', answeredBy: 'Olga Officer', answeredOn: '2026-05-01' },
      ],
    });
    expect(found.slice(0, 8).map(({ kind, severity }) => [kind, severity])).toEqual([
      ['contradicted', null],
      ['doubtful', null],
      ['failing', 'critical'],
      ['failing', 'low'],
      ['missing', 'critical'],
      ['expiring', null],
      ['expiring', null],
      ['undeclared', null],
    ]);
    const [contradicted, doubtful, failing, , missing, , , undeclared] = found;
    expect(contradicted?.because).toMatch(/^answered “yes” on 2026-05-01; As of 2026-06-30/);
    expect(doubtful?.asks).toMatch(/^How do you know that your answer to “Is mail from outside marked/);
    expect(failing).toMatchObject({
      asks: expect.stringContaining(
        'Why does this not hold: “At each reading, every enabled account',
      ) as string,
      because: expect.stringContaining('1 of 2') as string,
      asked: expect.arrayContaining(['an underwriter', 'an auditor']) as string[],
      questions: expect.arrayContaining(['INS-MFA-14']) as string[],
    });
    expect(failing?.answeredBy.length).toBeGreaterThan(20);
    expect(missing?.because).toContain('the region eu-west-1 was refused');
    expect(undeclared?.answeredBy).toContain('remote-access');
    expect(found.filter(({ kind }) => kind === 'expiring').map(({ because }) => because)).toEqual([
      'it ends on 2026-07-15, and mfa-aws-console-users rests on it',
      'it ended on 2026-06-01, and mfa-aws-console-users rests on it',
    ]);
  });

  test('old evidence is asked about before what it shows', () => {
    const found = likely({
      now: '2026-07-05T00:00:00.000Z',
      results: withResults(resultFrom('storage-not-public', ['fail'])),
    });
    expect(found.slice(0, 2).map(({ kind }) => kind)).toEqual(['stale', 'failing']);
    expect(found[0]?.because).toContain(asOf);
  });

  test('predict and promise nothing', () => {
    const worst = likely({ results: [], readings: [], systems: [] });
    const failing = likely({ results: allGood.results.map(({ control }) => resultFrom(control, ['fail'])) });
    for (const { asks, because, answeredBy } of [...worst, ...failing]) {
      const text = [asks, because.replace(/^[a-z0-9-]+:/, ''), answeredBy].join(' ');
      expect(text).not.toMatch(forbidden);
      expect(text).not.toMatch(/\b(will|likely to (pass|fail)|score)\b/i);
    }
  });
});
