import type { Answer, TestedAnswer } from '../controls/answers/answer.ts';

/** On what an answer rests. */
export const bases = [
  'measured',
  'company states',
  'declined',
  'company to answer',
  'to be settled',
] as const;
export type Basis = (typeof bases)[number];

/** What the company answered last. */
export function latestOf({ stored }: Answer): TestedAnswer | null {
  return stored.toSorted((a, b) => (a.answeredOn < b.answeredOn ? 1 : -1))[0] ?? null;
}

/** A draft of evidence never stands where the company's own answer differs from it. */
export function basisOf(answer: Answer): Basis {
  const company = latestOf(answer);
  const { state } = answer;
  if (company?.share === 'never') return 'declined';
  if (company) {
    if (state === 'contradicted' || company.holds === 'contradicted' || company.holds === 'doubtful')
      return 'to be settled';
    const shown = company.holds === 'holds' || company.holds === 'qualified';
    return shown && state !== 'stale' ? 'measured' : 'company states';
  }
  return ['supported-yes', 'qualified', 'supported-no'].includes(state) ? 'measured' : 'company to answer';
}
