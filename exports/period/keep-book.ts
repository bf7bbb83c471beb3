import type { Control } from '../../controls/control.ts';
import type { History } from '../history.ts';
import { judgeNight } from '../judge-night.ts';
import { NightBefore } from '../same-inputs.ts';
import { everythingWatched } from './seen.ts';
import { TimeBook } from './time-book.ts';

/**
 * Judges every closed slot that a book does not know yet, in the order of the ledger, and folds it in. `tell` is told
 * after each. The history must be one for many nights.
 */
export async function keepBook(
  history: History,
  controls: readonly Control[],
  book: TimeBook = new TimeBook(),
  tell: (done: number, of: number) => void = () => undefined,
): Promise<TimeBook> {
  const { closed } = history;
  const kinds = everythingWatched.map(({ watched }) => watched.kind);
  let before = new NightBefore();
  for (const night of closed.slice(book.nights.length)) {
    const isManual = night.open.kind === 'manual';
    // What somebody read by hand is no night before: it need not have looked at everything.
    const judged = await judgeNight(
      history,
      night,
      { controls, kinds },
      isManual ? new NightBefore() : before,
    );
    book.take(night, judged, controls);
    if (isManual) before = new NightBefore();
    tell(book.nights.length, closed.length);
  }
  return book;
}

/** Whether the nights of a book are those with which a history begins. */
export function isOf(book: Pick<TimeBook, 'nights'>, { closed }: History): boolean {
  return book.nights.every(({ slot, line, prev }, n) => {
    const night = closed[n];
    return night?.slot === slot && night.close.n === line && night.close.prev === prev;
  });
}
