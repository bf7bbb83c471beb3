import { OperatorError } from '../evidence-model/operator-error.ts';

const date = /^\d{4}-\d{2}-\d{2}$/;

/** A date as it was given. Throws `OperatorError` where it is none. */
export function dateGiven(given: string): string {
  const at = Date.parse(`${given}T00:00:00Z`);
  if (!date.test(given) || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== given)
    throw new OperatorError(`${given} is no date such as 2026-03-31`);
  return given;
}

/** The first day of a period and the day after its last, as they were given. */
export function datesGiven(
  from: string | undefined,
  to: string | undefined,
): { readonly from: string; readonly to: string } {
  if (from === undefined || to === undefined)
    throw new OperatorError('a period has a first day and the day after its last: give --from and --to');
  return { from: dateGiven(from), to: dateGiven(to) };
}
