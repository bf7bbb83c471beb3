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
function showAnswers(judgement: Judgement, now: string): Shown {
  const { asOf, rehearsal } = judgement;
  const all = inOrder(answersOf(judgement, now));
  const head = rehearsal ? ', a rehearsal: read under a clock that was given' : '';
  const text = [
    `as of ${asOf}${head}`,
    '',
    ...brief(all),
    '',
    table(
      ['question', 'state', 'company', 'about'],
      all.map(({ question, state, stored, about }) => [question, state, said(stored), about]),
    ),
    'The wording of each, what it covers and what not: --json. Drafts: the company answers.',
    '',
  ].join('\n');
  return { value: { asOf, rehearsal, counts: countsOf(all), answers: all }, text };
}

/** What contradicts, and how many answers there are of each state. */
export function answersInBrief(judgement: Judgement): string {
  return ['Answers to questionnaires:', '', ...brief(inOrder(answersOf(judgement))), ''].join('\n');
}

function inOrder(all: readonly Answer[]): Answer[] {
  return [...all].sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state));
}

function countsOf(all: readonly Answer[]): Record<string, number> {
  return Object.fromEntries(
    states.map((state) => [state, all.filter((answer) => answer.state === state).length]),
  );
}

function brief(all: readonly Answer[]): string[] {
  const contradicted = all.filter(({ state }) => state === 'contradicted');
  const counts = Object.entries(countsOf(all)).map(([state, count]) => `${count} ${state}`);
  if (contradicted.length === 0) return [counts.join(', ')];
  const which = contradicted.length === 1 ? 'answer of the company is' : 'answers of the company are';
  return [
    `CONTRADICTED: ${contradicted.length} ${which} not what the evidence shows`,
    '',
    ...contradicted.flatMap(loud),
    counts.join(', '),
  ];
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
