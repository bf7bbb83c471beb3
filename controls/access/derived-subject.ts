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
  readonly alike = true;
  readonly source: string;
  readonly id: string;
  readonly #common: Common;
  /** One by itself, most often. */
  readonly #from: Subject | readonly Subject[];
  /** The values of the fields that are its own, in their order. */
  readonly #own: readonly unknown[];

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
    this.#common = held.common(kind, values, besides);
    const own = this.#common.own.map((field) => values[field] ?? untold);
    this.#own = own.length === 0 ? nothing : own;
  }

  get kind(): string {
    return this.#common.kind;
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
        const { own, values } = this.#common;
        const at = own.indexOf(field);
        if (at < 0 && !values.has(field)) return undefined;
        return new Cited(at < 0 ? values.get(field) : this.#own[at], this);
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
  /** The fields that each has for itself. */
  readonly own: readonly string[];
  readonly besides: readonly Citation[];
}

const untold = { unknown: 'it is not told' };

const nothing: readonly unknown[] = [];

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
  ): Common {
    const all = namesOf(fields);
    // A reason why somebody's is not known is most often everybody's.
    const own = all.filter((field) => owned.has(field) && !isUnknown(values[field]));
    const others = all.filter((field) => !own.includes(field));
    const theirs = others.map((field) => values[field] ?? untold);
    const key = JSON.stringify([kind, own, theirs, besides]);
    const before = this.#commons.get(key);
    if (before) return before;
    const common = new Map(others.map((field, n) => [field, theirs[n]]));
    const made = { kind, own, values: common, besides };
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
