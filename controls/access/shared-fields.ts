import type { Citation, Known } from '../../evidence-model/subject.ts';

/**
 * The fields of a derived subject, all of which cite the same. Of a hundred thousand people it matters that a row holds
 * its values and nothing else: the names are those of all rows.
 */
export class SharedFields implements ReadonlyMap<string, Known> {
  readonly #names: readonly string[];
  readonly #values: readonly unknown[];
  readonly #citations: readonly Citation[];

  constructor(names: readonly string[], values: readonly unknown[], citations: readonly Citation[]) {
    this.#names = names;
    this.#values = values;
    this.#citations = citations;
  }

  get size(): number {
    return this.#names.length;
  }

  get(name: string): Known | undefined {
    const at = this.#names.indexOf(name);
    return at < 0 ? undefined : { value: this.#values[at], citations: this.#citations };
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  forEach(each: (value: Known, key: string, map: ReadonlyMap<string, Known>) => void): void {
    for (const [name, known] of this) each(known, name, this);
  }

  *entries(): MapIterator<[string, Known]> {
    for (const [at, name] of this.#names.entries())
      yield [name, { value: this.#values[at], citations: this.#citations }];
    return undefined;
  }

  *values(): MapIterator<Known> {
    for (const [, known] of this.entries()) yield known;
    return undefined;
  }

  keys(): MapIterator<string> {
    return this.#names.values();
  }

  [Symbol.iterator](): MapIterator<[string, Known]> {
    return this.entries();
  }
}
