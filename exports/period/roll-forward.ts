import type { Days } from './calendar-days.ts';
import type { LogEvent } from './log-lines.ts';
import { populations, type Population } from './populations.ts';
import type { Series } from './series.ts';
import type { TimeBook } from './time-book.ts';
import { turnsIn, type Turn } from './turns.ts';

/** Somebody who came or went. It happened after the one reading and by the other. */
export interface Movement extends Pick<Turn, 'after' | 'by' | 'untold'> {
  readonly id: string;
  readonly name: string | null;
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
  /**
   * How many the source itself counts at these readings, of these and of the other populations here that name the same
   * dataset together; `null` where it counts none of them. A reading that is whole agrees with it.
   */
  readonly counted: {
    readonly dataset: string;
    readonly opening: number | null;
    readonly closing: number | null;
  } | null;
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
  return populations.flatMap((population) =>
    book.toldOf(`population/${population.id}`).flatMap(({ source, series, counts }): RollForward[] => {
      const { id, title, counted: dataset } = population;
      const until = book.nights.filter(({ due }) => due < ends).length;
      const whole = nightsThat(series, until, (look) => look === 'wholly');
      const within = whole.filter((night) => (book.nights[night]?.due ?? '') >= begins);
      const before = whole.filter((night) => (book.nights[night]?.due ?? '') < begins);
      const first = before.at(-1) ?? within[0];
      const last = within.at(-1);
      if (first === undefined || last === undefined)
        return isTold(series, book, begins, until)
          ? [{ population: id, title, source, opening: null, closing: null, counted: null, ...nothing }]
          : [];
      const counted = countAt(series, [first, last]);
      const unclear = new Set(counted.unclear);
      const moves = movements(book, series, { population, source, unclear }, [first, last]);
      const countedAt = (night: number) => counts.findLast(({ from }) => from <= night)?.count ?? null;
      return [
        {
          population: id,
          title,
          source,
          opening: { at: book.nights[first]?.at ?? '', count: counted.counts[0] ?? 0 },
          closing: { at: book.nights[last]?.at ?? '', count: counted.counts[1] ?? 0 },
          counted:
            dataset === undefined ? null : { dataset, opening: countedAt(first), closing: countedAt(last) },
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

interface Moving {
  readonly population: Population;
  readonly source: string;
  /** Things of which nobody says here whether they came or went. */
  readonly unclear: ReadonlySet<number>;
}

function movements(
  book: TimeBook,
  series: Series,
  { population, source, unclear }: Moving,
  [first, last]: readonly [first: number, last: number],
): { readonly joined: Movement[]; readonly left: Movement[] } {
  const joined: Movement[] = [];
  const left: Movement[] = [];
  const events = book.linesOf(source);
  for (const turn of turnsIn(series, book.nights, { after: first, until: last + 1 })) {
    const { thing, to, after, by, untold } = turn;
    if (unclear.has(thing) || (to !== 'present' && to !== 'gone')) continue;
    const { id, name } = book.things.get(thing);
    const isComing = to === 'present';
    const found = events.findLast(
      (event) =>
        event.targets.includes(id) &&
        event.at >= after &&
        event.at <= by &&
        tellsOf(event, population, isComing),
    );
    const event = found ? { id: found.id, at: found.at, activity: found.activity } : null;
    (isComing ? joined : left).push({ id, name, after, by, untold, event });
  }
  return { joined, left };
}

function tellsOf({ says, role }: LogEvent, { told }: Population, isComing: boolean): boolean {
  if (!told || (role !== null && told.role !== undefined && role !== told.role)) return false;
  return isComing ? says.includes(told.coming) : told.going.some((each) => says.includes(each));
}
