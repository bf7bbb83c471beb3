import type { Book } from './book.ts';
import type { Night } from './night.ts';
import { runScheduled, type ClosedSlot } from './run-slot.ts';
import { cronOf, nextDue, slotId } from './slots.ts';
import type { Setup, Timetable } from './setup.ts';

const minuteMs = 60_000;

/**
 * Does what is due at this instant: of the due times that nothing is known of, the latest is read if its grace is not
 * over, and every other becomes a gap with its cause. It must not be called while a slot is being read.
 */
export async function tick(
  night: Night,
  { graceMinutes }: Timetable,
  runningSince: Date,
): Promise<ClosedSlot | null> {
  const { book, outside } = night;
  const now = outside.now();
  const due = book.unaccounted(now);
  const latest = due.at(-1);
  if (!latest) return null;
  const late = now.getTime() - latest.getTime() > graceMinutes * minuteMs;
  const missed = late ? due : due.slice(0, -1);
  for (const time of missed) await recordGap(book, time, now, runningSince);
  if (missed.length > 0) await book.vault.checkpoint();
  return late ? null : runScheduled(night, latest);
}

async function recordGap(book: Book, due: Date, noticed: Date, runningSince: Date): Promise<void> {
  await book.append({
    type: 'gap',
    slot: slotId(due),
    seq: book.nextSeq,
    due: due.toISOString(),
    noticed: noticed.toISOString(),
    reason: gapReason(book, due, runningSince),
  });
}

/** A due time that passed while we ran and read nothing can only have been leapt over by the clock. */
function gapReason(book: Book, due: Date, runningSince: Date): 'overlap' | 'not-running' | 'clock' {
  const at = due.toISOString();
  const overlaps = book.slots.some(
    ({ open, close }) => open !== null && open.t <= at && (close === null || at < close.t),
  );
  if (overlaps) return 'overlap';
  return due < runningSince ? 'not-running' : 'clock';
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
