import type { Person } from './people.ts';

/** What the company answered to questions, as its answers file would say it. */
export interface AnswerLike {
  readonly question: string;
  readonly value: string | readonly string[];
  readonly text?: string;
  readonly answeredBy: string;
  readonly answeredOn: string;
  readonly form?: string;
  readonly carrier?: string;
}

/**
 * Four answers of last year's application: one that the evidence shows to be otherwise, one that it bears out, one that
 * it cannot show, and one that only a person can give.
 */
export function answersFor(person: (n: number) => Person, day: (offset: number) => string): AnswerLike[] {
  const common = {
    answeredBy: person(1).name,
    answeredOn: day(-200),
    form: 'Application 2026',
    carrier: 'Fathom Mutual',
  };
  return [
    { ...common, question: 'INS-MFA-14', value: 'yes' },
    { ...common, question: 'INS-MFA-15', value: 'no' },
    {
      ...common,
      question: 'INS-BAK-04',
      value: 'yes',
      text: 'The ledger database was restored in an afternoon',
    },
    {
      ...common,
      question: 'INS-GOV-02',
      value: 'yes',
      text: 'Written in the handbook, and tried with the whole team in spring',
    },
  ];
}
