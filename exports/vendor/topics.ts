import type { Answer, Measure, TestedAnswer } from '../../controls/answers/answer.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { answersOf } from '../answered.ts';
import type { Judgement } from '../judge.ts';
import { commentOf } from './comment.ts';

/** On what an answer rests. */
export const bases = [
  'measured',
  'company states',
  'declined',
  'company to answer',
  'to be settled',
] as const;
export type Basis = (typeof bases)[number];

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
  const [company = null] = answer.stored.toSorted((a, b) => (a.answeredOn < b.answeredOn ? 1 : -1));
  const shareable: Topic['shareable'] = company?.share ?? 'not decided';
  const head = { id: answer.question, about: answer.about, caiq: answer.references, shareable };
  if (shareable === 'never')
    return {
      ...{ ...head, answer: null, basis: 'declined', company: null, evidence: null },
      comment: 'The company does not answer this.',
    };
  const { said, basis } = answeredBy(answer, company);
  return {
    ...{ ...head, answer: said, basis, company, evidence: answer },
    comment: commentOf(answer, company, basis),
  };
}

const words: Readonly<Record<string, Topic['answer']>> = { yes: 'Yes', no: 'No', 'not-applicable': 'NA' };

function answeredBy(
  { state }: Answer,
  company: TestedAnswer | null,
): { readonly said: Topic['answer']; readonly basis: Basis } {
  if (company) {
    const said = words[String(company.value)] ?? null;
    if (state === 'contradicted' || company.holds === 'contradicted' || company.holds === 'doubtful')
      return { said: null, basis: 'to be settled' };
    const shown = company.holds === 'holds' || company.holds === 'qualified';
    return { said, basis: shown && state !== 'stale' ? 'measured' : 'company states' };
  }
  if (state === 'supported-yes' || state === 'qualified') return { said: 'Yes', basis: 'measured' };
  if (state === 'supported-no') return { said: 'No', basis: 'measured' };
  return { said: null, basis: 'company to answer' };
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
