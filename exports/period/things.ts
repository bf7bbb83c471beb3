/** What a source calls a thing, and what people do. */
export interface Thing {
  readonly source: string;
  readonly id: string;
  readonly name: string | null;
}

/** Everything that any series speaks of, each with a number, so that it is written down once. */
export class Things {
  readonly #all: Thing[] = [];
  readonly #numbers = new Map<string, Map<string, number>>();

  constructor(things: readonly Thing[] = []) {
    for (const thing of things) this.numberOf(thing);
  }

  get all(): readonly Thing[] {
    return this.#all;
  }

  /** Its number. It keeps the first name that it is seen with, so that it is the same in whichever order nights are folded. */
  numberOf(thing: Thing): number {
    const here = this.#numbers.get(thing.source) ?? new Map<string, number>();
    if (here.size === 0) this.#numbers.set(thing.source, here);
    const known = here.get(thing.id);
    if (known === undefined) {
      const number = this.#all.push(thing) - 1;
      here.set(thing.id, number);
      return number;
    }
    if (thing.name !== null && this.#all[known]?.name === null) this.#all[known] = thing;
    return known;
  }

  /** What people call something, where a source told it. */
  nameOf(source: string, id: string): string | null {
    const number = this.#numbers.get(source)?.get(id);
    return number === undefined ? null : (this.#all[number]?.name ?? null);
  }

  get(number: number): Thing {
    const thing = this.#all[number];
    if (!thing) throw new RangeError(`there is no thing ${number}`);
    return thing;
  }
}
