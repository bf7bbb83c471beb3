import { isLate, type DueTime } from '../evidence-model/calendar.ts';
import type { Book } from './book.ts';

/**
 * Accounts for the nights that passed: each becomes a gap with its cause, but for the newest where it can still be
 * begun, which is handed back. Whoever opens a slot or makes a packet does this first, so that no missing night is
 * passed over in silence.
 */
export async function account(book: Book, now: Date, runningSince: Date): Promise<Date | null> {
  const noted = await book.noteClock(now);
  const due = book.unaccounted(now);
  const latest = due.at(-1);
  const open = latest && !isLate(latest, now) ? latest : null;
  const missed = due.filter((time) => time !== open);
  for (const time of missed) await recordGap(book, time, now, runningSince);
  if (noted || missed.length > 0) await book.vault.checkpoint();
  return open?.due ?? null;
}

async function recordGap(book: Book, { due }: DueTime, noticed: Date, runningSince: Date): Promise<void> {
  await book.append({
    type: 'gap',
    slot: book.slotFor(due),
    seq: book.nextSeq,
    due: due.toISOString(),
    noticed: noticed.toISOString(),
    reason: gapReason(book, due, runningSince),
  });
}

/** A due time that passed while we ran and read nothing can only have been leapt over by the clock. */
function gapReason(book: Book, due: Date, runningSince: Date): 'overlap' | 'not-running' | 'clock' {
  const at = due.toISOString();
  const overlaps = book.slots.some(({ open, close }) => open && close && open.t <= at && at < close.t);
  if (overlaps) return 'overlap';
  return due < runningSince ? 'not-running' : 'clock';
}
