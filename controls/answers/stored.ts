import type { StoredAnswer } from '../declarations.ts';
import type { Question } from '../questionnaire.ts';
import type { Drafted, TestedAnswer } from './answer.ts';
import { isReached, type Outside, type Supported } from './draft.ts';

/** What the evidence says of the question. */
interface Shown {
  readonly drafted: Drafted;
  readonly outside: Outside;
  readonly supported: readonly Supported[];
}

/**
 * What the company answered, held against what the evidence says now. A bare yes holds only where the evidence shows a
 * bare yes, and nothing else holds but where evidence reaches all that is asked.
 */
export function testStored(stored: StoredAnswer, question: Question, shown: Shown): TestedAnswer {
  return { ...stored, holds: holds(stored, question, shown) };
}

function holds({ value }: StoredAnswer, question: Question, shown: Shown): TestedAnswer['holds'] {
  if (shown.drafted === 'person-only') return 'untested';
  if (question.type === 'yes-no') return yesOrNo(value, shown);
  // What is counted or written stands in no result to be compared with.
  if (question.type !== 'percent' && question.options.length === 0) return unshown(shown);
  const found = question.type === 'percent' ? share(value, question, shown) : choice(value, question, shown);
  return found === 'holds' && !isWholly(question, shown.outside) ? 'qualified' : found;
}

/** Whether the evidence reaches all that is asked, and nobody left open whether there is more. */
function isWholly(question: Question, outside: Outside): boolean {
  return (
    question.evidence?.reach === 'whole' && isReached(question, outside) && outside.undeclared.length === 0
  );
}

function choice(
  value: StoredAnswer['value'],
  { options }: Question,
  { supported }: Shown,
): TestedAnswer['holds'] {
  const of = (control: string) => supported.find(({ bearing }) => bearing.control === control);
  const chosen = options.filter(({ id }) => (Array.isArray(value) ? value : [value]).includes(id));
  const needed = chosen.flatMap(({ controls, ruledOutBy }) => [...controls, ...ruledOutBy]);
  if (needed.some((control) => of(control)?.result?.status === 'fail')) return 'contradicted';
  const named = chosen.filter(({ controls }) => controls.length > 0);
  if (named.length === 0) return 'untested';
  const found = named.flatMap(({ controls }) => controls.map(of));
  const statuses = found.map((each) => each?.result?.status);
  if (statuses.some((status) => status !== 'pass' && status !== 'excepted')) return 'not-shown';
  const isQualified = statuses.includes('excepted') || found.some((each) => each?.tolerant === true);
  return named.length === chosen.length && !isQualified ? 'holds' : 'qualified';
}

function yesOrNo(value: StoredAnswer['value'], { drafted, supported }: Shown): TestedAnswer['holds'] {
  if (value !== 'yes' && value !== 'no') return 'not-shown';
  if (drafted === 'supported-yes' || drafted === 'supported-no')
    return drafted === `supported-${value}` ? 'holds' : 'contradicted';
  if (value === 'no') return 'not-shown';
  if (drafted === 'qualified') return 'qualified';
  return unshown({ supported });
}

function unshown({ supported }: Pick<Shown, 'supported'>): TestedAnswer['holds'] {
  return supported.some(({ result }) => result?.status === 'fail') ? 'doubtful' : 'not-shown';
}

/** Compared without rounding, and with what is accepted counted as missing. All is contradicted by whoever is left out. */
function share(
  value: StoredAnswer['value'],
  { measuredBy }: Question,
  { drafted, supported }: Shown,
): TestedAnswer['holds'] {
  const result = supported.find(({ bearing }) => bearing.control === measuredBy)?.result;
  if (typeof value !== 'number') return 'untested';
  if (value >= 100 && drafted === 'supported-no') return 'contradicted';
  if (!result) return 'not-shown';
  const { total, notApplicable, pass, noData, manual } = result.population;
  const of = total - notApplicable;
  // Even if all that is not known were to hold.
  if (of > 0 && value * of > 100 * (pass + noData + manual)) return 'contradicted';
  const whole = result.because.length === 0 && noData + manual === 0;
  return of > 0 && whole ? 'holds' : 'not-shown';
}
