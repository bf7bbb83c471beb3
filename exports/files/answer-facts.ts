import type { Answer, AnswerState } from '../../controls/answers/answer.ts';
import { groupOf } from '../../controls/groups.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import type { Tone } from '../documents/table.ts';
import { answersOf } from '../answered.ts';
import type { Packet } from '../exporter.ts';
import { isTyped, valueOf } from './answers.ts';

/** How answers come out, the worst first: as people read it. */
export const answerStates: readonly {
  readonly state: AnswerState;
  readonly word: string;
  readonly tone: Tone;
}[] = [
  { state: 'contradicted', word: 'Contradicted', tone: 'bad' },
  { state: 'stale', word: 'Too old', tone: 'warn' },
  { state: 'supported-no', word: 'No', tone: 'bad' },
  { state: 'partial-evidence', word: 'Not settled', tone: 'warn' },
  { state: 'qualified', word: 'Yes, but', tone: 'warn' },
  { state: 'person-only', word: 'No source', tone: 'hand' },
  { state: 'supported-yes', word: 'Yes', tone: 'good' },
];

/** The answers that a packet speaks of: an insurer's of the questions of insurers. */
function answersIn({ judgement, profile }: Packet): readonly Answer[] {
  return answersOf(judgement).filter(
    ({ questionnaire }) => profile !== 'insurer' || questionnaire === 'insurer',
  );
}

export interface TopicFacts {
  readonly title: string;
  /** How the worst of its answers comes out. */
  readonly worst: (typeof answerStates)[number];
  /** One for each state, in their order. */
  readonly counts: readonly number[];
  readonly total: number;
}

/** The questions of insurers by what they are about. */
export function insurerTopics(packet: Packet): readonly TopicFacts[] {
  const topics = questionnaires.find(({ id }) => id === 'insurer')?.topics ?? [];
  const all = answersIn(packet);
  return topics.flatMap((topic) => {
    const own = all.filter(({ question }) => groupOf(topics, question) === topic);
    const counts = answerStates.map(({ state }) => own.filter((answer) => answer.state === state).length);
    const worst = answerStates.find((_, n) => (counts[n] ?? 0) > 0);
    return worst ? [{ title: topic.title, worst, counts, total: own.length }] : [];
  });
}

export interface AnswerFacts {
  readonly total: number;
  /** Where the company says otherwise than the evidence: first of all. */
  readonly contradicted: readonly { readonly question: string; readonly text: string }[];
  /** How many come out in which way. */
  readonly counted: readonly { readonly count: number; readonly word: string; readonly tone: Tone }[];
}

export function answerFactsOf(packet: Packet): AnswerFacts {
  const all = answersIn(packet);
  return {
    total: all.length,
    contradicted: all
      .filter(({ state }) => state === 'contradicted')
      .map((answer) => ({
        question: answer.question,
        text: `${answer.about} The company answered “${contradictedOf(answer)}”; the evidence shows otherwise.`,
      })),
    counted: answerStates.flatMap(({ state, word, tone }) => {
      const count = all.filter((answer) => answer.state === state).length;
      return count > 0 ? [{ count, word, tone }] : [];
    }),
  };
}

/** What somebody wrote in words of their own stays with the table of answers. */
function contradictedOf(answer: Answer): string {
  return answer.stored
    .filter(({ holds }) => holds === 'contradicted')
    .map((each) => (isTyped(answer) ? valueOf(each) : 'in words'))
    .join('; ');
}
