import type { Answer, AnswerState } from '../../controls/answers/answer.ts';
import { answersOf } from '../../exports/answered.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { table } from '../output/table.ts';
import type { Shown, View } from './view.ts';

/** In the order in which they want attention. */
const states: readonly AnswerState[] = [
  'contradicted',
  'stale',
  'supported-no',
  'partial-evidence',
  'qualified',
  'person-only',
  'supported-yes',
];

/** Every question with its drafted answer, on the newest evidence. */
export const answers: View = async ({ archive, now }) =>
  showAnswers(await judge(archive, { now: now.toISOString() }), now.toISOString());

/** What contradicts an answer of the company comes before all else. */
export function showAnswers(judgement: Judgement, now: string): Shown {
  const { asOf, rehearsal } = judgement;
  const all = answersOf(judgement, now).sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state));
  const counts = Object.fromEntries(
    states.map((state) => [state, all.filter((answer) => answer.state === state).length]),
  );
  const contradicted = all.filter(({ state }) => state === 'contradicted');
  const head = rehearsal ? ', a rehearsal: read under a clock that was given' : '';
  const text = [
    `as of ${asOf}${head}`,
    '',
    ...(contradicted.length > 0
      ? [
          `CONTRADICTED: ${contradicted.length} of the company's own answers ${contradicted.length === 1 ? 'is' : 'are'} not what the evidence shows`,
          '',
          ...contradicted.flatMap(loud),
        ]
      : []),
    Object.entries(counts)
      .map(([state, count]) => `${count} ${state}`)
      .join(', '),
    '',
    table(
      ['question', 'state', 'company', 'about'],
      all.map(({ question, state, stored, about }) => [question, state, said(stored), about]),
    ),
    'The wording of each, what it covers and what not: --json. Drafts: the company answers.',
    '',
  ].join('\n');
  return { value: { asOf, rehearsal, counts, answers: all }, text };
}

function loud({ question, about, stored, statement }: Answer): string[] {
  const given = stored.filter(({ holds }) => holds === 'contradicted');
  return [
    `  ${question}: ${about}`,
    ...given.map(
      ({ value, answeredBy, answeredOn, form }) =>
        `    answered “${[value].flat().join(', ')}” by ${answeredBy} on ${answeredOn}${form === undefined ? '' : `, on ${form}`}`,
    ),
    `    ${statement}`,
    '',
  ];
}

function said(stored: Answer['stored']): string {
  return stored.map(({ value, holds }) => `${[value].flat().join(', ')}: ${holds}`).join('; ');
}
