import { OperatorError } from '../evidence-model/operator-error.ts';
import type { Stamping } from '../vault/outside/stamping.ts';
import type { Book } from './book.ts';

/** How far the clock of the machine may be from that of an authority for a slot to be opened, in milliseconds. */
const clockMs = 60_000;

/**
 * Writes into the ledger who stamps from here on and by which certificates it is known, where that is not what stands
 * there. Then whoever verifies knows what to expect, and cannot be given others later. What was left without a stamp gets
 * one now, which tells by itself that it is late. Says whether anything is new of who stamps.
 */
export async function recordAuthorities(book: Book, stamping: Stamping | undefined): Promise<boolean> {
  let changed = false;
  const wanted = stamping?.authorities ?? [];
  for (const { id, roots, policy } of wanted) {
    const object = await book.vault.put(Buffer.from(roots));
    const before = book.authorities.get(id);
    if (before?.roots === object && before.policy === policy) continue;
    await book.append({ type: 'authority', authority: id, roots: object, policy });
    changed = true;
  }
  for (const id of [...book.authorities.keys()].filter((each) => !wanted.some((one) => one.id === each))) {
    await book.append({ type: 'authority', authority: id, roots: null, policy: null });
    changed = true;
  }
  const last = await book.vault.lastStamp();
  const unstamped = book.lastSlotLine !== null && book.lastSlotLine >= (last?.size ?? 0);
  // Where somebody new stamps, too: then the next slot names a stamp that is older than itself.
  if (changed || (unstamped && stamping)) await book.vault.checkpoint(stamping?.stamp);
  return changed;
}

/** A night that is read by a wrong clock is worth nothing: its own times would speak against it for ever. */
export async function expectClock(stamping: Stamping | undefined): Promise<void> {
  const behind = (await stamping?.behind()) ?? 0;
  if (Math.abs(behind) <= clockMs) return;
  const seconds = Math.round(Math.abs(behind) / 1000);
  throw new OperatorError(
    `the clock of this machine is ${seconds} seconds ${behind > 0 ? 'behind' : 'ahead of'} that of the time-stamp authority, so nothing is read: set it`,
  );
}
