import type { Answer, Measure, TestedAnswer } from '../../controls/answers/answer.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { answersOf } from '../answered.ts';
import { basisOf, latestOf, type Basis } from '../basis.ts';
import type { Judgement } from '../judge.ts';
import { commentOf } from './comment.ts';

/** One topic of customers' questionnaires, as it would be answered today. */
export interface Topic {
  readonly id: string;
  readonly about: string;
  /** Ids of CAIQ v4 questions that ask about it. */
  readonly caiq: readonly string[];
  readonly answer: 'Yes' | 'No' | 'NA' | null;
  readonly basis: Basis;
  /** At most 500 characters. */
  readonly comment: string;
  /** What the company answered, beside the evidence; `null` where it did not, or where nobody may read it. */
  readonly company: TestedAnswer | null;
  /** What the evidence says; `null` where nobody may read the answer. */
  readonly evidence: Answer | null;
  readonly shareable: 'public' | 'nda' | 'never' | 'not decided';
}

/** Every topic with its answer. A draft of evidence is never given where the company's own answer differs from it. */
export function topicsOf(judgement: Judgement, now = judgement.asOf): Topic[] {
  const asked = questionnaires.filter(({ id }) => id === 'vendor');
  return answersOf(judgement, now, asked).map(topicOf);
}

function topicOf(answer: Answer): Topic {
  const company = latestOf(answer);
  const basis = basisOf(answer);
  const shareable: Topic['shareable'] = company?.share ?? 'not decided';
  const head = { id: answer.question, about: answer.about, caiq: answer.references, shareable };
  if (basis === 'declined')
    return {
      ...{ ...head, answer: null, basis, company: null, evidence: null },
      comment: 'The company does not answer this.',
    };
  return {
    ...{ ...head, answer: saidOf(answer, company, basis), basis, company, evidence: answer },
    comment: commentOf(answer, company, basis),
  };
}

const words: Readonly<Record<string, Topic['answer']>> = { yes: 'Yes', no: 'No', 'not-applicable': 'NA' };

function saidOf({ state }: Answer, company: TestedAnswer | null, basis: Basis): Topic['answer'] {
  if (basis === 'to be settled') return null;
  if (company) return words[String(company.value)] ?? null;
  if (basis !== 'measured') return null;
  return state === 'supported-no' ? 'No' : 'Yes';
}

const states: Readonly<Record<Answer['drafted'], string>> = {
  'supported-yes': 'yes',
  qualified: 'yes, with limits',
  'supported-no': 'no',
  'partial-evidence': 'a part of it is shown',
  'person-only': 'no evidence can show it',
};

/** What the evidence alone says, in words. */
export function evidenceSays({ state, drafted }: Answer): string {
  return state === 'stale' ? 'the evidence is old' : states[drafted];
}

/** How a test fares, as one cell. */
export function countOf({ control, n, N }: Measure): string {
  return `${control}: ${n} of ${N}`;
}
