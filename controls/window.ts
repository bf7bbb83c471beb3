import { gaps, type Interval } from '../evidence-model/coverage.ts';
import type { Subject } from '../evidence-model/subject.ts';
import type { Need } from './control.ts';
import type { Reading } from './readings.ts';

const dayMs = 86_400_000;

/**
 * The days that a control over what happened looks at, at one source: up to where all of its logs were asked for.
 * `null` for a control over what is, and where no log was asked for.
 */
export function windowOf(days: number | undefined, readings: readonly Reading[]): Interval | null {
  const ends = readings.flatMap(({ log }) => log?.to ?? []).sort();
  const [to] = ends;
  if (days === undefined || to === undefined) return null;
  return { from: new Date(Date.parse(to) - days * dayMs).toISOString(), to };
}

/** A reading of a log, with the parts of the window in which it was not read among what it lacks. */
export function through(reading: Reading, window: Interval | null): Reading {
  if (window === null || reading.log === undefined) return reading;
  const open = gaps(window, reading.log.covered);
  if (open.length === 0) return reading;
  const text = `it was not wholly read of ${open.map(({ from, to }) => `${from} to ${to}`).join(', ')}`;
  return { ...reading, reasons: [...reading.reasons, { code: 'not-asked', text, grant: [] }] };
}

/** Whether something is looked at: what is always, what happened within the window. When is not known, it may be. */
export function within(subject: Subject, { at }: Need, window: Interval | null): boolean {
  if (at === undefined || window === null) return true;
  const value = subject.fields.get(at)?.value;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) || (Date.parse(window.from) <= time && time < Date.parse(window.to));
}
