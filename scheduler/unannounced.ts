import { weekOf } from '../evidence-model/cadence.ts';
import type { Book } from './book.ts';

const weekMs = 7 * 86_400_000;

/**
 * Whether this is the moment for the one reading of the week that nobody knows of beforehand, which shows that nights
 * are not special. Asked again and again, `everyMs` apart, it says yes at any moment of what is left of the week, by
 * Mondays in UTC, with the same chance, and before its end for certain. Nothing is drawn ahead that could be looked up;
 * a reading that was broken off is made up for.
 */
export function isUnannouncedDue(
  { slots }: Pick<Book, 'slots'>,
  now: Date,
  random: () => number,
  everyMs: number,
): boolean {
  const week = weekOf(now.toISOString());
  const had = slots.some(
    ({ open, close }) =>
      open?.kind === 'unannounced' && weekOf(open.due) === week && close?.status !== 'interrupted',
  );
  return !had && random() * (Date.parse(week) + weekMs - now.getTime()) < everyMs;
}
