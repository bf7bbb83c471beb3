/** Once a day at a wall-clock time of a place. */
export interface Daily {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly timeZone: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The schedule as a cron expression, in the form that the ledger keeps: with seconds only where they are not zero. */
export function cronOf({ hour, minute, second }: Daily): string {
  return `${second === 0 ? '' : `${second} `}${minute} ${hour} * * *`;
}

/** Reads back what `cronOf` wrote; `null` for any other expression. */
export function dailyOf(cron: string, timeZone: string): Daily | null {
  const found = /^(?:(\d{1,2}) )?(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron);
  if (!found) return null;
  const [, second = '0', minute = '', hour = ''] = found;
  return { hour: Number(hour), minute: Number(minute), second: Number(second), timeZone };
}

/**
 * When the schedule is due from one instant up to, and without, another: exactly once for each date of the place.
 * A time that the clocks skip is due at the first instant after the gap; one that they repeat is due the first time.
 */
export function dueTimes(daily: Daily, from: Date, to: Date): Date[] {
  const offset = offsetsOf(daily.timeZone);
  const found = new Set<number>();
  // A place is at most 14 hours from UTC, so the dates of the two days around are enough.
  const last = Math.floor(to.getTime() / dayMs) + 2;
  for (let day = Math.floor(from.getTime() / dayMs) - 2; day <= last; day += 1) {
    const wall = day * dayMs + ((daily.hour * 60 + daily.minute) * 60 + daily.second) * 1000;
    const due = instantOf(wall, offset);
    if (due >= from.getTime() && due < to.getTime()) found.add(due);
  }
  return [...found].sort((a, b) => a - b).map((due) => new Date(due));
}

/** The first time that the schedule is due at or after an instant. */
export function nextDue(daily: Daily, from: Date): Date {
  const [first] = dueTimes(daily, from, new Date(from.getTime() + 4 * dayMs));
  if (!first) throw new Error(`nothing is due within four days of ${from.toISOString()}`);
  return first;
}

/** How far a place is ahead of UTC at an instant, in milliseconds. */
function offsetsOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const seconds = Math.floor(instant / 1000) * 1000;
    const parts = new Map(format.formatToParts(seconds).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - seconds;
  };
}

function instantOf(wall: number, offset: (instant: number) => number): number {
  const before = offset(wall - 15 * hourMs);
  const after = offset(wall + 15 * hourMs);
  const real = [wall - before, wall - after].filter((instant) => instant + offset(instant) === wall);
  if (real.length > 0) return Math.min(...real);
  // The clocks leapt over this time: the leap lies between what the old and the new offset make of it.
  let low = wall - after;
  let high = wall - before;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** The id of a scheduled slot: the time at which it was due. */
export function slotId(due: Date): string {
  return due
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}
