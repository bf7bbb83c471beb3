import type { BookNight } from './time-book.ts';
import type { Series, State } from './series.ts';

/**
 * How long something was so, as far as readings tell. It was so at the first and at the last of them; when it began and
 * ended is known only to lie between two readings. Readings are named by the time at which their slot was closed; each
 * thing was read at some time before that, and after the slot was opened.
 */
export interface Stretch {
  readonly state: State;
  readonly first: string;
  readonly last: string;
  /** Slots that saw it so, and slots between them that could not tell. */
  readonly readings: number;
  readonly untold: number;
  /** When the slot of the last reading before it that saw it otherwise was opened; `null` where none did: it may have been so for ever. */
  readonly earliestStart: string | null;
  /** The first reading after it that saw it otherwise; `null` where none did yet. */
  readonly latestEnd: string | null;
  /** The numbers of its first and last night. */
  readonly nights: readonly [first: number, last: number];
}

/** States in which nobody knows. */
export const untold: ReadonlySet<State> = new Set(['no-data', 'unknown']);

/**
 * States that go on where nobody could tell whether they did: a failure that was seen before and after was not mended by
 * not being looked at, and nobody left, or moved, by not being listed. Whatever is good ends with the last reading that saw it.
 */
const lasting: ReadonlySet<State> = new Set(['fail', 'present', 'gone']);
const isLasting = (state: State) => lasting.has(state) || state.startsWith('=');

interface Run {
  readonly state: State;
  readonly nights: readonly number[];
  readonly untold: number;
}

/** What a thing went through in the nights before one, that one not among them, oldest first. */
export function stretchesOf(
  series: Series,
  thing: number,
  nights: readonly BookNight[],
  until: number,
): readonly Stretch[] {
  const runs = joined(runsOf(series, thing, until));
  const at = (night: number | undefined) => (night === undefined ? null : (nights[night]?.at ?? null));
  return runs.map(({ state, nights: these, untold: between }, n): Stretch => {
    const [first = 0] = these;
    const last = these.at(-1) ?? first;
    // What could not be told bounds what is good, and nothing else.
    const bounds = ({ state: other }: Run) => !isLasting(state) || (other !== state && !untold.has(other));
    const before = runs.slice(0, n).findLast(bounds)?.nights.at(-1);
    return {
      state,
      first: at(first) ?? '',
      last: at(last) ?? '',
      readings: these.length,
      untold: between,
      earliestStart: before === undefined ? null : (nights[before]?.begun ?? null),
      latestEnd: at(runs.slice(n + 1).find(bounds)?.nights[0]),
      nights: [first, last],
    };
  });
}

/** Nights in a row that saw the same. Before a thing was first seen, it was not there in what was wholly listed. */
function runsOf(series: Series, thing: number, until: number): Run[] {
  const spans = series.spans(thing);
  const runs: { state: State; nights: number[]; untold: 0 }[] = [];
  let at = -1;
  for (let night = 0; night < Math.min(until, series.nights); night += 1) {
    const look = series.look(night);
    if (look === 'not') continue;
    while ((spans[at + 1]?.from ?? Infinity) <= night) at += 1;
    const state = spans[at]?.state ?? (look === 'wholly' ? 'gone' : 'unknown');
    const last = runs.at(-1);
    if (last?.state === state) last.nights.push(night);
    else runs.push({ state, nights: [night], untold: 0 });
  }
  return runs;
}

/** The same with what lasts joined over what could not be told between. */
function joined(runs: readonly Run[]): Run[] {
  const found: Run[] = [];
  for (const run of runs) {
    const before = found.findLastIndex(({ state }) => !untold.has(state));
    const same = found[before];
    if (same?.state !== run.state || !isLasting(run.state)) {
      found.push(run);
      continue;
    }
    const between = found.splice(before + 1).reduce((sum, { nights }) => sum + nights.length, same.untold);
    found[before] = { ...run, nights: [...same.nights, ...run.nights], untold: between };
  }
  return found;
}
