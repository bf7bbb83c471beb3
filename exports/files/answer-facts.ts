import type { Answer, AnswerState } from '../../controls/answers/answer.ts';
import { answersOf } from '../answered.ts';
import type { Packet } from '../exporter.ts';
import { isTyped, valueOf } from './answers.ts';

const words: Readonly<Record<AnswerState, string>> = {
  contradicted: 'answered by the company otherwise than the evidence shows',
  stale: 'by evidence that is old',
  'supported-no': 'the evidence shows a no',
  'partial-evidence': 'a part of it is shown',
  qualified: 'a yes with what it does not hold for',
  'supported-yes': 'the evidence shows a yes',
  'person-only': 'only a person can answer',
};

export interface AnswerFacts {
  readonly total: number;
  /** Where the company says otherwise than the evidence: first of all. */
  readonly contradicted: readonly { readonly question: string; readonly text: string }[];
  /** How many questions are answered in which way. */
  readonly counted: readonly string[];
}

export function answerFactsOf({ judgement, profile }: Packet): AnswerFacts {
  const all = answersOf(judgement).filter(
    ({ questionnaire }) => profile !== 'insurer' || questionnaire === 'insurer',
  );
  return {
    total: all.length,
    contradicted: all
      .filter(({ state }) => state === 'contradicted')
      .map((answer) => ({
        question: answer.question,
        text: `${answer.about} The company answered “${contradictedOf(answer)}”; the evidence shows otherwise.`,
      })),
    counted: Object.entries(words).flatMap(([state, text]) => {
      const count = all.filter((answer) => answer.state === state).length;
      return count > 0 ? [`${count}: ${text}`] : [];
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
