import type { Kind } from '../../evidence-model/kind.ts';
import type { Citation, Subject } from '../../evidence-model/subject.ts';
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
 * one holds its values and nothing else: the names are those of its kind, and what it is derived from is there anyway.
 */
export class DerivedSubject implements Subject {
  readonly kind: string;
  readonly #origin: Origin;
  readonly #names: readonly string[];
  readonly #values: readonly unknown[];

  constructor({ name, fields }: Kind, origin: Origin, values: Readonly<Record<string, unknown>>) {
    const names = shared.get(fields) ?? Object.keys(fields);
    shared.set(fields, names);
    this.kind = name;
    this.#origin = origin;
    this.#names = names;
    this.#values = names.map((field) => values[field] ?? untold);
  }

  get source(): string {
    return this.#origin.source;
  }

  get id(): string {
    return this.#origin.id;
  }

  get partitions(): ReadonlySet<string> {
    return new Set(this.#origin.from.flatMap(({ partitions }) => [...partitions]));
  }

  get citations(): readonly Citation[] {
    const { from, besides } = this.#origin;
    return [...from.flatMap(({ citations }) => citations), ...besides];
  }

  get fields(): Subject['fields'] {
    return {
      get: (field) => {
        const at = this.#names.indexOf(field);
        return at < 0 ? undefined : { value: this.#values[at], citations: this.citations };
      },
    };
  }
}

const untold = { unknown: 'it is not told' };

/** The names of the fields of a kind, once for all that are of it: they follow from the kind alone. */
const shared = new WeakMap<object, readonly string[]>();

/** Texts, reasons and citations of which many subjects say the same, each held once. */
export class HeldOnce {
  readonly #texts = new Map<string, string>();
  readonly #reasons = new Map<string, unknown>();
  readonly #citations = new Map<string, Citation>();

  value(value: unknown): unknown {
    if (typeof value === 'string') return once(this.#texts, value, value);
    return isUnknown(value) ? once(this.#reasons, value.unknown, value) : value;
  }

  citations(citations: readonly Citation[]): readonly Citation[] {
    return citations.map((each) => once(this.#citations, JSON.stringify(each), each));
  }
}

function once<T>(held: Map<string, T>, key: string, value: T): T {
  const before = held.get(key);
  if (before === undefined) held.set(key, value);
  return before ?? value;
}
