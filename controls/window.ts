import { gaps, type Interval } from '../evidence-model/coverage.ts';
import type { Reason } from '../evidence-model/outcome.ts';
import type { Subject } from '../evidence-model/subject.ts';
import type { Need } from './control.ts';
import type { Reading } from './readings.ts';

const dayMs = 86_400_000;

/**
 * The days that a control over what happened looks at, by source: up to where all of its logs were asked for. There is
 * none for a control over what is, nor where no log was asked for.
 */
export function windowsOf(
  days: number | undefined,
  sources: readonly { readonly id: string }[],
  readings: readonly Reading[],
): ReadonlyMap<string, Interval> {
  const found = new Map<string, Interval>();
  if (days === undefined) return found;
  for (const { id } of sources) {
    const ends = readings.flatMap(({ source, log }) => (source === id && log ? [Date.parse(log.to)] : []));
    if (ends.length === 0) continue;
    const to = Math.min(...ends);
    found.set(id, { from: new Date(to - days * dayMs).toISOString(), to: new Date(to).toISOString() });
  }
  return found;
}

/** A reading of a log, with the parts of the window in which it, or a partition of it, was not read among what it lacks. */
export function through(reading: Reading, window: Interval | undefined): Reading {
  if (!window || !reading.log) return reading;
  const lacking = unread(window, reading.log.covered);
  if (lacking) return { ...reading, reasons: [...reading.reasons, lacking] };
  const late = new Map(
    (reading.log.late ?? []).map(({ id, since, covered }) => {
      const from = since !== null && Date.parse(since) > Date.parse(window.from) ? since : window.from;
      return [id, unread({ from, to: window.to }, covered)];
    }),
  );
  const partitions = reading.partitions.map((partition) => {
    const reason = late.get(partition.id);
    if (!reason) return partition;
    const outcome = partition.outcome === 'complete' ? ('partial' as const) : partition.outcome;
    return { ...partition, outcome, reasons: [...partition.reasons, reason] };
  });
  return { ...reading, partitions };
}

function unread(whole: Interval, covered: readonly Interval[]): Reason | null {
  const open = gaps(whole, covered);
  if (open.length === 0) return null;
  const text = `it was not wholly read of ${open.map(({ from, to }) => `${from} to ${to}`).join(', ')}`;
  return { code: 'not-asked', text, grant: [] };
}

/** Whether something is looked at: what is always, what happened within the window. When is not known, it may be. */
export function within(subject: Subject, { at }: Need, window: Interval | undefined): boolean {
  if (at === undefined || !window) return true;
  const value = subject.fields.get(at)?.value;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) || (Date.parse(window.from) <= time && time < Date.parse(window.to));
}
