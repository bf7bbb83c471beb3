import type { Digest } from './digest.ts';
import type { Snapshot } from './snapshot.ts';
import { isUnknown, type Unknown } from './unknown.ts';

/** Where something was read: which dataset, which artifact, and where in it. */
export interface Citation {
  readonly dataset: string;
  readonly artifact: Digest;
  readonly pointer: string;
}

/** What is known of one field, or why it is not, with the places where it was read. */
export interface Known {
  readonly value: unknown;
  readonly citations: readonly Citation[];
}

/** All that is known of one thing at one source, from every dataset that speaks of it. */
export interface Subject {
  readonly source: string;
  readonly kind: string;
  readonly id: string;
  /** The partitions in which it was found, as `dataset partition`. */
  readonly partitions: ReadonlySet<string>;
  readonly fields: Pick<ReadonlyMap<string, Known>, 'get'>;
  readonly citations: readonly Citation[];
}

/** Two datasets that disagree on a fact. There is no winner: the field is unknown. */
export interface Contradiction {
  readonly source: string;
  readonly kind: string;
  readonly subject: string;
  readonly field: string;
  readonly text: string;
}

/** What a dataset says with all of its records of one partition, or a listing with its silence. */
interface Voice {
  readonly dataset: string;
  /** The fields on which the dataset is an authority. */
  readonly authority: ReadonlySet<string>;
  /** Which of the snapshots, in order, it stands in. */
  readonly nth: number;
  /** The partition, as `dataset partition`; `null` of a silence. */
  readonly partition: string | null;
}

/** What one record, or a silence, says of a thing. A silence cites its own places, a record its one. */
interface Saying {
  readonly of: Voice;
  readonly values: Readonly<Record<string, unknown>>;
  readonly artifact: Digest;
  readonly pointer: string | readonly Citation[];
}

/** A field of a thing that is a text; `null` where it is another value, or none is known. */
export function textOf(subject: Subject, field: string): string | null {
  const value = subject.fields.get(field)?.value;
  return typeof value === 'string' ? value : null;
}

export interface Subjects {
  /** The subjects of a kind, in the order of source and id. */
  of(kind: string): readonly Subject[];
  readonly contradictions: readonly Contradiction[];
}

/**
 * Joins records by source, kind and id. A value overrules an unknown only where its dataset is an authority on the
 * field; two authorities that disagree leave the field unknown and a contradiction named. Of a log there are several
 * snapshots, the oldest first and one after another: what a later one says of something takes the place of what an
 * earlier one said. What a complete listing leaves out takes the values that its absence means, unless the listing was
 * read before the population was.
 */
export function joinSubjects(snapshots: readonly Snapshot[], kinds: ReadonlySet<string>): Subjects {
  const joined = new Map<string, Map<string, Joined>>();

  for (const [nth, snapshot] of snapshots.entries()) {
    const { header } = snapshot;
    const spoken = Object.entries(header.kinds).filter(([name]) => kinds.has(name));
    if (spoken.length === 0) continue;
    const authorities = new Map(spoken.map(([name, { speaks }]) => [name, new Set(speaks)]));
    const voices = new Map<string, Voice>();
    const text = heldOnce();
    for (const { kind, data, artifact, pointer, partition } of snapshot.records()) {
      if (!kinds.has(kind)) continue;
      const at = placeOf(header.source, kind);
      const here = joined.get(at) ?? new Map<string, Joined>();
      if (here.size === 0) joined.set(at, here);
      const said = placeOf(kind, partition);
      const of = voices.get(said) ?? {
        dataset: header.dataset,
        authority: authorities.get(kind) ?? none,
        nth,
        partition: partitionKey(header.dataset, partition),
      };
      voices.set(said, of);
      const saying = { of, values: data, artifact: text(artifact) as Digest, pointer: text(pointer) };
      const subject = here.get(data.id);
      if (!subject) here.set(data.id, new Joined(header.source, kind, data.id, saying));
      else {
        // The same id in every record of somebody is one text, and not as many as there are records.
        data.id = subject.id;
        subject.take(saying);
      }
    }
  }
  for (const [nth, snapshot] of snapshots.entries()) {
    for (const absence of snapshot.header.absence) {
      if (!kinds.has(absence.kind) || snapshot.end.outcome !== 'complete') continue;
      const population = snapshots.find(
        ({ header }) => header.dataset === absence.among && header.source === snapshot.header.source,
      );
      // Whoever joined after the listing was read and before the population was is not cleared by it.
      if (!population || snapshot.header.startedAt < population.end.endedAt) continue;
      const { dataset, source } = snapshot.header;
      const citations = snapshot.pages.map((artifact) => ({ dataset, artifact, pointer: '' }));
      const spoken = population.header.kinds[absence.kind]?.speaks ?? [];
      const fields = new Set(Object.keys(absence.means));
      for (const subject of joined.get(placeOf(source, absence.kind))?.values() ?? []) {
        if (!subject.isOf(absence.among) || subject.isOf(dataset)) continue;
        // Where the population itself says that it cannot be known of somebody, no silence tells it.
        const untold = [...fields].filter(
          (field) => spoken.includes(field) && isUnknown(subject.fields.get(field)?.value),
        );
        const authority = untold.length === 0 ? fields : fields.difference(new Set(untold));
        const of = { dataset, authority, nth, partition: null };
        subject.take({ of, values: absence.means, artifact: snapshot.header.code, pointer: citations });
      }
    }
  }

  const byKind = new Map<string, Joined[]>();
  for (const here of joined.values())
    for (const subject of here.values()) {
      const list = byKind.get(subject.kind) ?? [];
      if (list.length === 0) byKind.set(subject.kind, list);
      list.push(subject);
    }
  for (const list of byKind.values()) list.sort((a, b) => compare(a.source, b.source) || compare(a.id, b.id));
  const contradictions = [...byKind.values()]
    .flatMap((list) => list.flatMap((subject) => subject.contradictions()))
    .sort(byPlace);
  return { of: (name) => byKind.get(name) ?? [], contradictions };
}

const none: ReadonlySet<string> = new Set();
const placeOf = (a: string, b: string) => JSON.stringify([a, b]);

/** Texts of which a snapshot repeats a few, such as the digests of its pages, each held once. */
function heldOnce(): (text: string) => string {
  const held = new Map<string, string>();
  return (text) => {
    const known = held.get(text);
    // Of those that do not repeat there is no end.
    if (known === undefined && held.size < 10_000) held.set(text, text);
    return known ?? text;
  };
}

/**
 * A subject as the sayings about it, from which a field is made when somebody looks at it: of a hundred thousand people
 * that takes a tenth of the room that all their fields would.
 */
class Joined implements Subject {
  readonly source: string;
  readonly kind: string;
  readonly id: string;
  readonly #first: Saying;
  #more: readonly Saying[] = nothingMore;

  constructor(source: string, kind: string, id: string, first: Saying) {
    this.source = source;
    this.kind = kind;
    this.id = id;
    this.#first = first;
  }

  take(saying: Saying): void {
    this.#more = [...this.#more, saying];
  }

  get #said(): readonly Saying[] {
    return this.#more.length === 0 ? [this.#first] : [this.#first, ...this.#more];
  }

  /** Whether a record of this dataset is about it. */
  isOf(dataset: string): boolean {
    return this.#said.some(({ of }) => of.partition !== null && of.dataset === dataset);
  }

  get partitions(): ReadonlySet<string> {
    return new Set(this.#said.flatMap(({ of }) => of.partition ?? []));
  }

  get citations(): readonly Citation[] {
    return this.#said.flatMap((saying) => (saying.of.partition === null ? [] : citationsOf(saying)));
  }

  get fields(): Subject['fields'] {
    return { get: (field) => this.#known(field, null) };
  }

  contradictions(): Contradiction[] {
    if (this.#more.length === 0) return [];
    const found: Contradiction[] = [];
    const counted = new Map<string, number>();
    for (const { of, values } of this.#said)
      for (const field of of.authority)
        if (Object.hasOwn(values, field)) counted.set(field, (counted.get(field) ?? 0) + 1);
    for (const [field, times] of counted)
      if (times > 1)
        this.#known(field, (text) =>
          found.push({ source: this.source, kind: this.kind, subject: this.id, field, text }),
        );
    return found;
  }

  /** What is known of a field when everything was said, in order. */
  #known(field: string, contradicted: ((text: string) => void) | null): Known | undefined {
    let known: Said | undefined;
    for (const saying of this.#said) {
      const { of, values } = saying;
      if (field === 'id' || !of.authority.has(field) || !Object.hasOwn(values, field)) continue;
      const said = { value: values[field], dataset: of.dataset, nth: of.nth, citations: citationsOf(saying) };
      known = after(known, said, field, contradicted);
    }
    return known;
  }
}

const nothingMore: readonly Saying[] = [];

function citationsOf({ of, artifact, pointer }: Saying): readonly Citation[] {
  return typeof pointer === 'string' ? [{ dataset: of.dataset, artifact, pointer }] : pointer;
}

/** What a dataset said of a field, and in which of the snapshots, in order. */
interface Said extends Known {
  readonly dataset: string;
  readonly nth: number;
}

/** What is known of a field after one thing more was said of it. */
function after(
  before: Said | undefined,
  said: Said,
  field: string,
  contradicted: ((text: string) => void) | null,
): Said {
  const { value, dataset, citations } = said;
  if (!before) return said;
  if (isContradiction(before.value)) return before;
  if (before.dataset === dataset && before.nth < said.nth) return said;
  const both = [...before.citations, ...citations];
  if (isUnknown(value)) return isUnknown(before.value) ? { ...before, citations: both } : before;
  if (isUnknown(before.value) || JSON.stringify(before.value) === JSON.stringify(value))
    return { ...before, value, citations: both };
  const text = `${before.dataset} says ${JSON.stringify(before.value)}, ${dataset} says ${JSON.stringify(value)}`;
  contradicted?.(text);
  const unknown: Unknown & { contradiction: true } = {
    unknown: `contradiction over ${field}: ${text}`,
    contradiction: true,
  };
  return { ...said, value: unknown, citations: both };
}

/**
 * The subjects of every kind that the snapshots speak of. Those that were joined already are held; another kind is joined
 * when it is asked for, and let go of again, so that what nobody judges takes no room.
 */
export function allSubjects(
  snapshots: readonly Snapshot[],
  held: { readonly kinds: ReadonlySet<string>; readonly subjects: Subjects },
): Subjects {
  const join = (kind: string) => joinSubjects(snapshots, new Set([kind]));
  return {
    of: (kind) => (held.kinds.has(kind) ? held.subjects : join(kind)).of(kind),
    get contradictions() {
      const spoken = new Set(snapshots.flatMap(({ header }) => Object.keys(header.kinds)));
      const others = [...spoken].filter((kind) => !held.kinds.has(kind));
      return [held.subjects, ...others.map(join)].flatMap((each) => each.contradictions).sort(byPlace);
    },
  };
}

/** Orders contradictions, the same whatever they were found in. */
export function byPlace(a: Contradiction, b: Contradiction): number {
  return (
    compare(a.source, b.source) ||
    compare(a.subject, b.subject) ||
    compare(a.kind, b.kind) ||
    compare(a.field, b.field)
  );
}

function isContradiction(value: unknown): boolean {
  return isUnknown(value) && 'contradiction' in value;
}

export function partitionKey(dataset: string, partition: string): string {
  return `${dataset} ${partition}`;
}

/** Orders by code units, the same on every machine and in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
