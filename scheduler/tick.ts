import { cronOf, nextDue } from '../evidence-model/schedule.ts';
import { account } from './account.ts';
import type { Book } from './book.ts';
import type { Night } from './night.ts';
import { runScheduled, type ClosedSlot } from './run-slot.ts';
import type { Setup, Timetable } from './setup.ts';

/**
 * Does what is due at this instant: of the due times that nothing is known of, the latest is read if its grace is not
 * over, and every other becomes a gap with its cause. It must not be called while a slot is being read.
 */
export async function tick(night: Night, runningSince: Date): Promise<ClosedSlot | null> {
  const latest = await account(night.book, night.outside.now(), runningSince);
  return latest && runScheduled(night, latest);
}

/**
 * Writes the timetable into the ledger where it is not the one that stands there, due from now on and never earlier.
 * The expected nights are thereby part of the record before any of them comes.
 */
export async function recordSchedule(
  book: Book,
  setup: Setup,
  { daily, graceMinutes }: Timetable,
  now: Date,
): Promise<void> {
  const sources: string[] = [];
  for (const { id } of setup.sources) sources.push(await book.vault.aliasOf('source', id));
  sources.sort();
  const cron = cronOf(daily);
  const { timeZone } = daily;
  const before = book.schedule;
  const same =
    before?.cron === cron &&
    before.timeZone === timeZone &&
    before.graceMinutes === graceMinutes &&
    JSON.stringify(before.sources) === JSON.stringify(sources);
  if (same) return;
  const firstDue = nextDue(daily, now).toISOString();
  await book.append({ type: 'schedule', id: 'nightly', cron, timeZone, firstDue, graceMinutes, sources });
  await book.vault.checkpoint();
}
