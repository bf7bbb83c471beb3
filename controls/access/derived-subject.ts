import type { Kind } from '../../evidence-model/kind.ts';
import type { Citation, Known, Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';

/** Who or what a derived subject stands for, and in whose place it is cited. */
export interface Origin {
  readonly source: string;
  readonly id: string;
  /** What it is derived from: it is found where these are, and cites what they do. */
  readonly from: readonly Subject[];
  /** What it cites besides. */
  readonly besides: readonly Citation[];
}

/**
 * A subject that follows from others, every field of which cites the same. Of a hundred thousand people it matters that
 * one holds only what is its alone: the names are those of its kind, what it is derived from is there anyway, and what
 * many say the same is held once for all of them.
 */
export class DerivedSubject implements Subject {
  readonly source: string;
  readonly id: string;
  readonly #common: Common;
  /** One by itself, most often. */
  readonly #from: From;
  /** The values of the fields that are its own, in their order; of one field its value. */
  readonly #own: unknown;

  constructor(
    kind: Kind,
    { source, id, from, besides }: Origin,
    values: Readonly<Record<string, unknown>>,
    held = new HeldOnce(),
  ) {
    const [only, ...others] = from;
    this.source = source;
    this.id = id;
    this.#from = only && others.length === 0 ? only : from;
    this.#common = held.common(kind, values, besides, this.#from);
    const [first, ...more] = this.#common.own.map((field) => values[field] ?? untold);
    this.#own = more.length === 0 ? first : [first, ...more];
  }

  get kind(): string {
    return this.#common.kind;
  }

  get alike(): boolean {
    return true;
  }

  get partitions(): ReadonlySet<string> {
    return new Set(this.#origins.flatMap(({ partitions }) => [...partitions]));
  }

  get citations(): readonly Citation[] {
    return [...this.#origins.flatMap(({ citations }) => citations), ...this.#common.besides];
  }

  get #origins(): readonly Subject[] {
    return 'id' in this.#from ? [this.#from] : this.#from;
  }

  get fields(): Subject['fields'] {
    return {
      get: (field) => {
        const { taken, own, values } = this.#common;
        if (taken.includes(field)) return new Cited(valueIn(this.#from, field), this);
        const at = own.indexOf(field);
        if (at >= 0) return new Cited(own.length === 1 ? this.#own : (this.#own as unknown[])[at], this);
        return values.has(field) ? new Cited(values.get(field), this) : undefined;
      },
    };
  }
}

/** A value that was read where all of its subject was. */
class Cited implements Known {
  readonly value: unknown;
  readonly #of: Subject;

  constructor(value: unknown, of: Subject) {
    this.value = value;
    this.#of = of;
  }

  get citations(): readonly Citation[] {
    return this.#of.citations;
  }
}

/** What many derived subjects have in common. */
interface Common {
  readonly kind: string;
  readonly values: ReadonlyMap<string, unknown>;
  /** The fields that are the very same as in the one thing that it is derived from, and are looked at there. */
  readonly taken: readonly string[];
  /** The fields that each has for itself. */
  readonly own: readonly string[];
  readonly besides: readonly Citation[];
}

const untold = { unknown: 'it is not told' };

type From = Subject | readonly Subject[];

/** What one thing says itself; nothing where there are several. */
const valueIn = (from: From, field: string): unknown =>
  'id' in from ? from.fields.get(field)?.value : undefined;

/** Fields whose values are as many as there are subjects: names, and moments. */
const owned: ReadonlySet<string> = new Set([
  'name',
  'person',
  'createdAt',
  'lastSignInAt',
  'lastSuccessfulSignInAt',
  'activeAt',
]);

/** What many subjects say the same, each held once. */
export class HeldOnce {
  readonly #commons = new Map<string, Common>();
  readonly #values = new Map<string, unknown>();

  /** The one that is held of those that are written alike. */
  same<T>(value: T): T {
    const key = JSON.stringify(value);
    const before = this.#values.get(key) as T | undefined;
    if (before === undefined) this.#values.set(key, value);
    return before ?? value;
  }

  common(
    { name: kind, fields }: Kind,
    values: Readonly<Record<string, unknown>>,
    besides: readonly Citation[],
    from: From,
  ): Common {
    const all = namesOf(fields);
    // A reason why somebody's is not known is most often everybody's.
    const single = all.filter((field) => owned.has(field) && !isUnknown(values[field]));
    const taken = single.filter(
      (field) => values[field] !== undefined && values[field] === valueIn(from, field),
    );
    const own = single.filter((field) => !taken.includes(field));
    const others = all.filter((field) => !single.includes(field));
    const theirs = others.map((field) => values[field] ?? untold);
    const key = JSON.stringify([kind, taken, own, theirs, besides]);
    const before = this.#commons.get(key);
    if (before) return before;
    const common = new Map(others.map((field, n) => [field, theirs[n]]));
    const made = { kind, taken, own, values: common, besides };
    this.#commons.set(key, made);
    return made;
  }
}

const names = new WeakMap<object, readonly string[]>();

/** The names of the fields of a kind, made once for all that are of it. */
function namesOf(fields: Kind['fields']): readonly string[] {
  const known = names.get(fields) ?? Object.keys(fields);
  names.set(fields, known);
  return known;
}
