/** A half-open interval of event time, `from` included and `to` not, as ISO times in UTC. */
export interface Interval {
  readonly from: string;
  readonly to: string;
}

/** The union of intervals, in order, with what touches joined. Empty and reversed ones cover nothing. */
export function union(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const interval of intervals
    .filter(({ from, to }) => ms(from) < ms(to))
    .sort((a, b) => ms(a.from) - ms(b.from))) {
    const last = joined.at(-1);
    if (last && ms(interval.from) <= ms(last.to))
      joined[joined.length - 1] = { from: last.from, to: later(last.to, interval.to) };
    else joined.push(interval);
  }
  return joined;
}

/** What of `whole` the covered intervals leave open. */
export function gaps(whole: Interval, covered: readonly Interval[]): Interval[] {
  const open: Interval[] = [];
  let from = whole.from;
  for (const interval of union(covered)) {
    if (ms(interval.to) <= ms(from)) continue;
    if (ms(interval.from) >= ms(whole.to)) break;
    if (ms(interval.from) > ms(from)) open.push({ from, to: interval.from });
    from = later(from, interval.to);
  }
  if (ms(from) < ms(whole.to)) open.push({ from, to: whole.to });
  return open;
}

/**
 * Where the next reading of a log must begin: at the first moment that nothing covers yet, less the overlap in which
 * late events still arrive. A partial reading never moves it.
 */
export function cursor(start: string, covered: readonly Interval[], overlapMs: number): string {
  const first = union([{ from: start, to: start }, ...covered]).find(
    ({ from, to }) => ms(from) <= ms(start) && ms(start) <= ms(to),
  );
  const reached = first?.to ?? start;
  const from = ms(reached) - overlapMs;
  return from < ms(start) ? start : new Date(from).toISOString();
}

function later(a: string, b: string): string {
  return ms(a) > ms(b) ? a : b;
}

/** Times are compared as such: as texts, one with milliseconds would come before the same second without. */
const ms = (time: string) => Date.parse(time);
