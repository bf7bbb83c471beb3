import type { Interval } from '../../evidence-model/coverage.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { dueTimes } from '../../evidence-model/schedule.ts';
import type { History } from '../history.ts';

/** Days of a place, `from` included and `to` not, with the instants at which they begin and end. */
export interface Days {
  /** Dates such as `2026-03-31`. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  /** ISO times of the first moment and of the first that is no longer in it. */
  readonly begins: string;
  readonly ends: string;
}

/** The days in the time zone of the timetable that was stated last. Throws `OperatorError` where there is none or they are in no order. */
export function daysOf({ lines }: Pick<History, 'lines'>, from: string, to: string): Days {
  const stated = lines.findLast((line) => line.type === 'schedule');
  const timeZone = stated?.type === 'schedule' ? stated.timeZone : 'UTC';
  if (from >= to)
    throw new OperatorError(`a period from ${from} to ${to} holds no day: --to is the day after its last`);
  return { from, to, timeZone, begins: midnight(from, timeZone), ends: midnight(to, timeZone) };
}

/** When a date begins at a place. */
function midnight(date: string, timeZone: string): string {
  const near = Date.parse(`${date}T00:00:00Z`);
  const daily = { hour: 0, minute: 0, second: 0, timeZone };
  const dateOf = dateAt(timeZone);
  const found = dueTimes(daily, new Date(near - 86_400_000), new Date(near + 86_400_000)).find(
    (instant) => dateOf(instant.toISOString()) === date,
  );
  if (!found) throw new OperatorError(`${date} is no day in ${timeZone}`);
  return found.toISOString();
}

/** The date of an instant at a place. */
export function dateAt(timeZone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
    return `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
  };
}

/** Every date of a period with the moments at which it begins and ends there. */
export function daysIn({ timeZone, ends, ...days }: Days): readonly (Interval & { readonly date: string })[] {
  const dates = datesOf(days);
  const begins = dates.map((date) => midnight(date, timeZone));
  return dates.map((date, n) => ({ date, from: begins[n] ?? '', to: begins[n + 1] ?? ends }));
}

/** Every date of a period. */
function datesOf({ from, to }: Pick<Days, 'from' | 'to'>): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); ; at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    if (date >= to) return dates;
    dates.push(date);
  }
}
