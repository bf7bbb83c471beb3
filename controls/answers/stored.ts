import type { StoredAnswer } from '../declarations.ts';
import type { Question } from '../questionnaire.ts';
import type { Result } from '../result.ts';
import type { Drafted, TestedAnswer } from './answer.ts';

/** What the company answered, held against what the evidence says now. A bare yes holds only where the evidence shows a bare yes. */
export function testStored(
  stored: StoredAnswer,
  question: Question,
  drafted: Drafted,
  resultOf: (control: string) => Result | undefined,
): TestedAnswer {
  return { ...stored, holds: holds(stored, question, drafted, resultOf) };
}

function holds(
  { value }: StoredAnswer,
  question: Question,
  drafted: Drafted,
  resultOf: (control: string) => Result | undefined,
): TestedAnswer['holds'] {
  if (drafted === 'person-only') return 'untested';
  if (question.type === 'yes-no') return yesOrNo(value, question, drafted, resultOf);
  if (question.type === 'percent') return share(value, question, resultOf);
  const chosen = question.options.filter(({ id }) => (Array.isArray(value) ? value : [value]).includes(id));
  const named = chosen.filter(({ controls }) => controls.length > 0);
  if (named.length === 0) return 'untested';
  const results = named.flatMap(({ controls }) => controls.map(resultOf));
  if (results.some((result) => result?.status === 'fail')) return 'contradicted';
  if (results.some((result) => result?.status !== 'pass' && result?.status !== 'excepted'))
    return 'not-shown';
  if (results.some((result) => result?.status === 'excepted')) return 'qualified';
  return named.length === chosen.length ? 'holds' : 'qualified';
}

function yesOrNo(
  value: StoredAnswer['value'],
  { evidence }: Question,
  drafted: Drafted,
  resultOf: (control: string) => Result | undefined,
): TestedAnswer['holds'] {
  if (value !== 'yes' && value !== 'no') return 'not-shown';
  if (drafted === 'supported-yes' || drafted === 'supported-no')
    return drafted === `supported-${value}` ? 'holds' : 'contradicted';
  if (value === 'no') return 'not-shown';
  if (drafted === 'qualified') return 'qualified';
  const fails = evidence?.controls.some(({ control }) => resultOf(control)?.status === 'fail') ?? false;
  return fails ? 'doubtful' : 'not-shown';
}

/** Compared without rounding, and with what is accepted counted as missing. */
function share(
  value: StoredAnswer['value'],
  { measuredBy }: Question,
  resultOf: (control: string) => Result | undefined,
): TestedAnswer['holds'] {
  const result = measuredBy === undefined ? undefined : resultOf(measuredBy);
  if (typeof value !== 'number') return 'untested';
  if (!result) return 'not-shown';
  const { total, notApplicable, pass, noData, manual } = result.population;
  const of = total - notApplicable;
  // Even if all that is not known were to hold.
  if (of > 0 && value * of > 100 * (pass + noData + manual)) return 'contradicted';
  const whole = result.because.length === 0 && noData + manual === 0;
  return of > 0 && whole ? 'holds' : 'not-shown';
}
