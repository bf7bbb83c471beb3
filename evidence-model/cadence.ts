import { z } from 'zod';

/**
 * How often a dataset is due: in every night, or in the first night of every week, and in each later one of that week
 * until it was wholly read.
 */
export const Cadence = z.enum(['nightly', 'weekly']);
export type Cadence = z.output<typeof Cadence>;

const dayMs = 86_400_000;

/** The week of an instant, by the date of its Monday in UTC, such as `2026-11-23`. */
export function weekOf(instant: string): string {
  const day = Math.floor(Date.parse(instant) / dayMs);
  // The first day of 1970 was a Thursday.
  const monday = Math.floor((day + 3) / 7) * 7 - 3;
  return new Date(monday * dayMs).toISOString().slice(0, 10);
}
