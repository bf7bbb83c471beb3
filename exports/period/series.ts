import type { Verdict } from '../../controls/result.ts';

/**
 * What a reading says of one thing: a verdict on it, that it is there, or what a field of it is, behind a `=`; `gone`,
 * where it was wholly listed and the thing is not in the list; `unknown`, where it may or may not be.
 */
export type State = Verdict['status'] | 'present' | 'gone' | 'unknown' | `=${string}`;

/** How a night looked at a series: not at all, in part, or wholly, so that what it does not name is not there. */
export type Look = 'not' | 'partly' | 'wholly';

/** A state that lasts from one night until the next span of the same thing. */
export interface Span {
  readonly state: State;
  /** The number of the night that first saw it so. */
  readonly from: number;
}

interface Node extends Span {
  /** The span before it; 0 is none. */
  readonly before: number;
}

/** Everything that a series holds, as data. */
export interface SeriesData {
  readonly looks: readonly Look[];
  readonly nodes: readonly Node[];
  /** For each thing, by its number, its last node; 0 where the series never saw it. */
  readonly last: readonly number[];
}

/**
 * One control, or one population, at one source over the nights, as spans of time in the place of a row a night. Things
 * with the same past share it, so that what it takes follows what changed and not how many nights there were.
 */
export class Series {
  readonly #looks: Look[];
  readonly #nodes: Node[];
  #last: Uint32Array;
  /** The night that named each thing last, and one more. */
  #named: Uint32Array;
  #things: number;

  constructor({ looks, nodes, last }: SeriesData = { looks: [], nodes: [], last: [] }) {
    this.#looks = [...looks];
    this.#nodes = [...nodes];
    this.#last = Uint32Array.from(last);
    this.#named = new Uint32Array(last.length);
    this.#things = last.length;
  }

  get data(): SeriesData {
    return { looks: this.#looks, nodes: this.#nodes, last: [...this.#last.subarray(0, this.#things)] };
  }

  look(night: number): Look {
    return this.#looks[night] ?? 'not';
  }

  get nights(): number {
    return this.#looks.length;
  }

  /** A night saw these things in these states, and what was known before and is not among them is gone, or not known. */
  take(
    night: number,
    look: 'partly' | 'wholly',
    states: Iterable<readonly [thing: number, state: State]>,
  ): void {
    this.#note(night, look);
    const made = new Map<number, Map<State, number>>();
    const move = (thing: number, state: State) => {
      const before = this.#last[thing] ?? 0;
      if (before > 0 && this.#nodes[before - 1]?.state === state) return;
      const of = made.get(before) ?? new Map<State, number>();
      if (of.size === 0) made.set(before, of);
      let node = of.get(state);
      if (node === undefined) {
        node = this.#nodes.push({ state, from: night, before });
        of.set(state, node);
      }
      this.#last[thing] = node;
    };
    for (const [thing, state] of states) {
      this.#room(thing);
      this.#named[thing] = night + 1;
      move(thing, state);
    }
    const others = look === 'wholly' ? 'gone' : 'unknown';
    for (let thing = 0; thing < this.#things; thing += 1)
      if (this.#named[thing] !== night + 1 && (this.#last[thing] ?? 0) > 0) move(thing, others);
  }

  /** A night came to the very same as the last one that looked. */
  same(night: number): void {
    const look = this.#looks.findLast((each) => each !== 'not');
    if (look === undefined) throw new Error('no night looked at this before');
    this.#note(night, look);
  }

  /** The things that were ever seen. */
  *things(): Iterable<number> {
    for (let thing = 0; thing < this.#things; thing += 1) if ((this.#last[thing] ?? 0) > 0) yield thing;
  }

  /** The state of a thing as of the last night that looked; `null` where it was never seen. */
  state(thing: number): State | null {
    return this.#nodes[(this.#last[thing] ?? 0) - 1]?.state ?? null;
  }

  /** The spans of a thing, oldest first. */
  spans(thing: number): readonly Span[] {
    return this.history(this.#last[thing] ?? 0);
  }

  /** The number of what a thing went through: things with the same number went through the same. */
  historyOf(thing: number): number {
    return this.#last[thing] ?? 0;
  }

  history(node: number): readonly Span[] {
    const found: Span[] = [];
    for (let at = this.#nodes[node - 1]; at; at = this.#nodes[at.before - 1]) found.push(at);
    return found.reverse();
  }

  #note(night: number, look: Look): void {
    if (night < this.#looks.length) throw new Error(`night ${night} was looked at before`);
    while (this.#looks.length < night) this.#looks.push('not');
    this.#looks.push(look);
  }

  #room(thing: number): void {
    if (thing >= this.#last.length) {
      this.#last = grown(this.#last, thing);
      this.#named = grown(this.#named, thing);
    }
    this.#things = Math.max(this.#things, thing + 1);
  }
}

function grown(array: Uint32Array, index: number): Uint32Array {
  const larger = new Uint32Array(Math.max(64, index + 1, array.length * 2));
  larger.set(array);
  return larger;
}
