import type { Days } from './calendar-days.ts';
import { stretchesOf } from './intervals.ts';
import { populations } from './populations.ts';
import type { Series } from './series.ts';
import type { LogEvent, TimeBook } from './time-book.ts';

/** Somebody who came or went. It happened after the one reading and by the other. */
export interface Movement {
  readonly id: string;
  readonly name: string | null;
  /** When the slot of the last reading that told otherwise was opened, and when that of the first that told this was closed. */
  readonly after: string;
  readonly by: string;
  /** Readings in between that could not tell. */
  readonly untold: number;
  /** The line of the source's own log that tells it; `null` where none does. */
  readonly event: Pick<LogEvent, 'id' | 'at' | 'activity'> | null;
}

/** A population over a period: opening and joined, less left, is closing. */
export interface RollForward {
  readonly population: string;
  readonly title: string;
  readonly source: string;
  /** The reading that it opens with: the last whole one before the period, or the first in it; `null` where none was whole. */
  readonly opening: { readonly at: string; readonly count: number } | null;
  readonly closing: { readonly at: string; readonly count: number } | null;
  readonly joined: readonly Movement[];
  readonly left: readonly Movement[];
  /** Of whom it is not told at opening or closing whether they are among them: they are counted in neither, and told among nobody who came or went. */
  readonly unclear: readonly string[];
  /** Joiners and leavers of whom no log tells, as far as any was read. */
  readonly unexplained: readonly string[];
  /** Readings between opening and closing that were not whole: who came or went there is told by a later one. */
  readonly untold: readonly string[];
}

/** Of every population at every source that was listed in the period; of one whose scope was changed, once for each scope. */
export function rollForward(book: TimeBook, { begins, ends }: Days): RollForward[] {
  return populations.flatMap(({ id, title }) =>
    book.toldOf(`population/${id}`).flatMap(({ source, series }): RollForward[] => {
      const until = book.nights.filter(({ due }) => due < ends).length;
      const whole = nightsThat(series, until, (look) => look === 'wholly');
      const within = whole.filter((night) => (book.nights[night]?.due ?? '') >= begins);
      const before = whole.filter((night) => (book.nights[night]?.due ?? '') < begins);
      const first = before.at(-1) ?? within[0];
      const last = within.at(-1);
      if (first === undefined || last === undefined)
        return isTold(series, book, begins, until)
          ? [{ population: id, title, source, opening: null, closing: null, ...nothing }]
          : [];
      const counted = countAt(series, [first, last]);
      const unclear = new Set(counted.unclear);
      const moves = movements(book, series, { id, source, unclear }, [first, last]);
      return [
        {
          population: id,
          title,
          source,
          opening: { at: book.nights[first]?.at ?? '', count: counted.counts[0] ?? 0 },
          closing: { at: book.nights[last]?.at ?? '', count: counted.counts[1] ?? 0 },
          ...moves,
          unclear: counted.unclear.map((thing) => book.things.get(thing).id),
          unexplained: [...moves.joined, ...moves.left].flatMap((move) => (move.event ? [] : [move.id])),
          untold: nightsThat(series, last, (look) => look === 'partly')
            .filter((night) => night > first)
            .map((night) => book.nights[night]?.slot ?? ''),
        },
      ];
    }),
  );
}

const nothing = { joined: [], left: [], unclear: [], unexplained: [], untold: [] };

function isTold(series: Series, book: TimeBook, begins: string, until: number): boolean {
  return nightsThat(series, until, (look) => look !== 'not').some(
    (night) => (book.nights[night]?.due ?? '') >= begins,
  );
}

function nightsThat(
  series: Series,
  until: number,
  is: (look: ReturnType<Series['look']>) => boolean,
): number[] {
  const found: number[] = [];
  for (let night = 0; night < Math.min(until, series.nights); night += 1)
    if (is(series.look(night))) found.push(night);
  return found;
}

/** How many were there at these nights, and whether any of them is one was not told. */
function countAt(
  series: Series,
  nights: readonly number[],
): { readonly counts: readonly number[]; readonly unclear: readonly number[] } {
  const counts = nights.map(() => 0);
  const unclear: number[] = [];
  for (const thing of series.things()) {
    const spans = series.spans(thing);
    const states = nights.map((night) => spans.findLast(({ from }) => from <= night)?.state);
    if (states.includes('unknown')) unclear.push(thing);
    else for (const [n, state] of states.entries()) if (state === 'present') counts[n] = (counts[n] ?? 0) + 1;
  }
  return { counts, unclear };
}

/** Who holds a role, which whoever may take it on or asks to does not. */
const holding = /^(Add|Remove) member (to|from) role(?!.* requested)/;

interface Moving {
  readonly id: string;
  readonly source: string;
  /** Things of which nobody says here whether they came or went. */
  readonly unclear: ReadonlySet<number>;
}

function movements(
  book: TimeBook,
  series: Series,
  { id: population, source, unclear }: Moving,
  [first, last]: readonly [first: number, last: number],
): { readonly joined: Movement[]; readonly left: Movement[] } {
  const joined: Movement[] = [];
  const left: Movement[] = [];
  const isAbout = population === 'administrators' ? holding : / user$/;
  const events = book.events.filter((event) => event.source === source && isAbout.test(event.activity));
  const still = new Map<number, boolean>();
  for (const thing of series.things()) {
    if (unclear.has(thing)) continue;
    // What went through nothing but being there all the time is most of them, and told once for all.
    const history = series.historyOf(thing);
    const quiet = still.get(history) ?? isQuiet(series, history, first);
    still.set(history, quiet);
    if (quiet) continue;
    const stretches = stretchesOf(series, thing, book.nights, last + 1);
    for (const [n, stretch] of stretches.entries()) {
      if (stretch.state !== 'present' && stretch.state !== 'gone') continue;
      const after = stretch.earliestStart;
      if (after === null || stretch.nights[0] <= first) continue;
      const { id, name } = book.things.get(thing);
      const before = stretches[n - 1];
      const isComing = stretch.state === 'present';
      (isComing ? joined : left).push({
        id,
        name,
        after,
        by: stretch.first,
        untold: before?.state === 'unknown' ? before.readings : 0,
        event: eventOf(events, id, { after, by: stretch.first, isComing }),
      });
    }
  }
  return { joined, left };
}

/** Whether nothing was seen of a history after a night but that it goes on. */
function isQuiet(series: Series, history: number, first: number): boolean {
  const last = series.history(history).at(-1);
  return last !== undefined && last.from <= first;
}

const coming = /^(Add|Invite|Restore)/;

function eventOf(
  events: readonly LogEvent[],
  id: string,
  { after, by, isComing }: { readonly after: string; readonly by: string; readonly isComing: boolean },
): Movement['event'] {
  const found = events.findLast(
    (event) =>
      event.targets.includes(id) &&
      coming.test(event.activity) === isComing &&
      event.at >= after &&
      event.at <= by,
  );
  return found ? { id: found.id, at: found.at, activity: found.activity } : null;
}
