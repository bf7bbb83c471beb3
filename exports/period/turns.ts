import { stretchesOf, untold } from './intervals.ts';
import type { Series, State } from './series.ts';
import type { BookNight } from './time-book.ts';

/** Something that came to be otherwise than it was. It happened after the one reading and by the other. */
export interface Turn {
  /** The number of the thing. */
  readonly thing: number;
  readonly from: State;
  readonly to: State;
  /** When the slot of the last reading that told otherwise was opened, and when that of the first that told this was closed. */
  readonly after: string;
  readonly by: string;
  /** Readings in between that could not tell. */
  readonly untold: number;
}

/** What came to be otherwise in a series, first seen after one night and before another. */
export function* turnsIn(
  series: Series,
  nights: readonly BookNight[],
  { after: before, until }: { readonly after: number; readonly until: number },
): Iterable<Turn> {
  const still = new Map<number, boolean>();
  for (const thing of series.things()) {
    // What went through nothing but being the same all the time is most of them, and told once for all.
    const history = series.historyOf(thing);
    const quiet = still.get(history) ?? isQuiet(series, history, before);
    still.set(history, quiet);
    if (quiet) continue;
    const stretches = stretchesOf(series, thing, nights, until);
    for (const [n, stretch] of stretches.entries()) {
      const { state: to, earliestStart: after, first: by } = stretch;
      const from = stretches.slice(0, n).findLast(({ state }) => !untold.has(state))?.state;
      if (untold.has(to) || after === null || from === undefined || stretch.nights[0] <= before) continue;
      const last = stretches[n - 1];
      yield { thing, from, to, after, by, untold: last && untold.has(last.state) ? last.readings : 0 };
    }
  }
}

/** Whether nothing was seen of a history after a night but that it goes on. */
function isQuiet(series: Series, history: number, night: number): boolean {
  const last = series.history(history).at(-1);
  return last !== undefined && last.from <= night;
}
