import { isInTime, type SlotStamps, type StampedCheckpoint, type Stamps } from '../../vault/stamp-book.ts';
import type { Checks } from './report.ts';
import type { Trust } from './trust.ts';

/** Tells what others say of the time of slots: by whom and between which times, what is late, and what nobody stamped. */
export function tellStamps({ slots: all, stamped }: Stamps, trust: Trust | null, checks: Checks): void {
  const slots = all.filter(({ isClosed }) => isClosed);
  const due = slots.filter((slot) => slot.due);
  const id = 'stamps';
  if (stamped.length === 0) {
    checks.pass(id, 'not stamped: nobody else says when any slot was opened or closed');
    if (due.length > 0 || (trust?.authorities.size ?? 0) > 0)
      checks.untimed.push(`when slots were opened and closed: of ${numberOf(slots)} none is stamped`);
    return;
  }
  const whole = slots.filter((slot) => stampsOf(slot).length === 2 && stampsOf(slot).every(isInTime));
  const times = stamped.map(({ at }) => at.getTime());
  const signers = [...new Set(stamped.map(({ authority, signer }) => `${authority} (${signer})`))].sort();
  checks.pass(
    id,
    `stamped when opened and when closed: ${whole.length} of ${numberOf(slots)}, by ${signers.join(' and ')}, between ${timeOf(new Date(Math.min(...times)))} and ${timeOf(new Date(Math.max(...times)))}`,
  );
  const missing = due.filter((slot) => stampsOf(slot).length < 2);
  if (missing.length > 0)
    checks.untimed.push(`not stamped when they were opened or closed: ${listOf(missing)}`);
  for (const slot of slots)
    for (const each of stampsOf(slot).filter((one) => !isInTime(one)))
      checks.untimed.push(
        `slot ${slot.slot} was ${each === slot.opened ? 'opened' : 'closed'}, by its own words, ${secondsOf(Math.abs(each.lagMs))} ${each.lagMs > 0 ? 'before' : 'after'} it was stamped (at ${timeOf(each.at)}): stamp late, or the clock was off`,
      );
  if (trust && stamped.some(({ vouched }) => !vouched)) {
    const unknown = slots.filter((slot) => stampsOf(slot).some(({ vouched }) => !vouched));
    if (unknown.length > 0)
      checks.untimed.push(
        `stamped by an authority whose certificates are not among those that you gave: ${listOf(unknown)}`,
      );
  }
}

export function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

export function secondsOf(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} seconds`;
}

function stampsOf({ opened, closed }: SlotStamps): StampedCheckpoint[] {
  return [opened, closed].filter((each) => each !== null);
}

function numberOf(slots: readonly SlotStamps[]): string {
  return slots.length === 1 ? '1 slot' : `${slots.length} slots`;
}

/** As many as people read. */
const listed = 5;

function listOf(slots: readonly SlotStamps[]): string {
  const names = slots.slice(0, listed).map(({ slot }) => slot);
  const more = slots.length > listed ? `, and ${slots.length - listed} more` : '';
  return `${names.join(', ')}${more}`;
}
