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
  /** Every field cites the same. */
  readonly alike?: boolean;
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
  readonly source: string;
  readonly kind: string;
  readonly dataset: string;
  /** The fields on which the dataset is an authority. */
  readonly authority: ReadonlySet<string>;
  /** Which of the snapshots, in order, it stands in. */
  readonly nth: number;
  /** The partition, as `dataset partition`; `null` of a silence. */
  readonly partition: string | null;
}

/** What all that was said on one page has in common. */
interface Page {
  readonly of: Voice;
  readonly artifact: Digest;
}

/** What one record, or a silence, says of a thing, and what was said of it after that. */
interface Saying {
  readonly on: Page;
  readonly values: Readonly<Record<string, unknown>>;
  readonly citations: readonly Citation[];
  next: Saying | null;
}

/** What a listing means by leaving something out. It cites the pages that do. */
class Silence implements Saying {
  readonly on: Page;
  readonly values: Readonly<Record<string, unknown>>;
  readonly citations: readonly Citation[];
  next: Saying | null = null;

  constructor(on: Page, values: Readonly<Record<string, unknown>>, citations: readonly Citation[]) {
    this.on = on;
    this.values = values;
    this.citations = citations;
  }
}

/**
 * What one record says. It is its own citation: there are as many verdicts as there are people, for each control, and they
 * all cite what is there anyway. Whoever looks at it sees a citation and nothing else, also when it is written out.
 */
class Statement implements Saying, Citation {
  readonly #on: Page;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #pointer: string;
  #next: Saying | null = null;

  constructor(on: Page, values: Readonly<Record<string, unknown>>, pointer: string) {
    this.#on = on;
    this.#values = values;
    this.#pointer = pointer;
  }

  get dataset(): string {
    return this.#on.of.dataset;
  }

  get artifact(): Digest {
    return this.#on.artifact;
  }

  get pointer(): string {
    return this.#pointer;
  }

  toJSON(): Citation {
    const { dataset, artifact, pointer } = this;
    return { dataset, artifact, pointer };
  }

  get on(): Page {
    return this.#on;
  }

  get values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  get citations(): readonly Citation[] {
    return [this];
  }

  get next(): Saying | null {
    return this.#next;
  }

  set next(saying: Saying | null) {
    this.#next = saying;
  }
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
    const pages = new Map<string, Page>();
    const text = heldOnce();
    const values = valuesHeldOnce();
    for (const { kind, data, artifact, pointer, partition } of snapshot.records()) {
      if (!kinds.has(kind)) continue;
      const at = placeOf(header.source, kind);
      const here = joined.get(at) ?? new Map<string, Joined>();
      if (here.size === 0) joined.set(at, here);
      const said = placeOf(kind, partition);
      const known = pages.get(said);
      const of = known?.of ?? {
        source: header.source,
        kind,
        dataset: header.dataset,
        authority: authorities.get(kind) ?? none,
        nth,
        partition: partitionKey(header.dataset, partition),
      };
      // Records of one page follow one another.
      const page = known?.artifact === artifact ? known : { of, artifact };
      pages.set(said, page);
      const subject = here.get(data.id);
      // The same id in every record of somebody is one text, and not as many as there are records.
      if (subject) data.id = subject.id;
      const saying = new Statement(page, values(kind, data), text(pointer));
      if (subject) subject.take(saying);
      else here.set(data.id, new Joined(data.id, saying));
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
        const of = { source, kind: absence.kind, dataset, authority, nth, partition: null };
        const on = { of, artifact: snapshot.header.code };
        subject.take(new Silence(on, absence.means, citations));
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

/** So many values of a field are looked at before it is told whether they repeat. */
const lookedAt = 1000;

/** Knows what is one of few, as states and names of products are, so that those that are the same are held once. */
class Repeated {
  /** `null` where they do not repeat, as times and names of people do not: nothing is looked for any more. */
  #held: Map<string, unknown> | null = new Map();
  #again = 0;

  /** The one that is held of those that are written like this; `undefined` where this is the first. */
  of(key: string, value: unknown): unknown {
    const known = this.#held?.get(key);
    if (known !== undefined) this.#again += 1;
    else if (this.#held && this.#held.size < lookedAt) this.#held.set(key, value);
    else if (this.#again < lookedAt) this.#held = null;
    return known;
  }

  get isOver(): boolean {
    return this.#held === null;
  }
}

/**
 * Takes what records say beside whom they are about: texts, lists and reasons that a field repeats are each held once, and
 * so is all that is said where many records say the same.
 */
function valuesHeldOnce(): (
  kind: string,
  data: Record<string, unknown>,
) => Readonly<Record<string, unknown>> {
  const repeated = new Map<string, Repeated>();
  const of = (what: string) => {
    const known = repeated.get(what) ?? new Repeated();
    repeated.set(what, known);
    return known;
  };
  return (kind, data) => {
    for (const field in data) {
      const value: unknown = data[field];
      if (field === 'id' || value === null || (typeof value !== 'string' && typeof value !== 'object'))
        continue;
      const values = of(field);
      if (values.isOver) continue;
      const known = values.of(JSON.stringify(value), value);
      if (known !== undefined) data[field] = known;
    }
    const records = of(`of ${kind}`);
    if (records.isOver) return data;
    const said = Object.fromEntries(Object.entries(data).filter(([field]) => field !== 'id'));
    return (records.of(JSON.stringify(said), said) as typeof said | undefined) ?? data;
  };
}

/**
 * A subject as the sayings about it, from which a field is made when somebody looks at it: of a hundred thousand people
 * that takes a tenth of the room that all their fields would.
 */
class Joined implements Subject {
  readonly id: string;
  readonly #first: Saying;
  #last: Saying;

  constructor(id: string, first: Saying) {
    this.id = id;
    this.#first = first;
    this.#last = first;
  }

  get source(): string {
    return this.#first.on.of.source;
  }

  get kind(): string {
    return this.#first.on.of.kind;
  }

  take(saying: Saying): void {
    this.#last.next = saying;
    this.#last = saying;
  }

  *#said(): Iterable<Saying> {
    for (let saying: Saying | null = this.#first; saying; saying = saying.next) yield saying;
  }

  /** Whether a record of this dataset is about it. */
  isOf(dataset: string): boolean {
    for (const { on } of this.#said()) if (on.of.partition !== null && on.of.dataset === dataset) return true;
    return false;
  }

  get partitions(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { on } of this.#said()) if (on.of.partition !== null) found.add(on.of.partition);
    return found;
  }

  get citations(): readonly Citation[] {
    const found: Citation[] = [];
    for (const saying of this.#said()) if (saying.on.of.partition !== null) found.push(...saying.citations);
    return found;
  }

  get fields(): Subject['fields'] {
    return { get: (field) => this.#known(field, null) };
  }

  contradictions(): Contradiction[] {
    if (this.#first === this.#last) return [];
    const { source, kind, id: subject } = this;
    const found: Contradiction[] = [];
    const counted = new Map<string, number>();
    for (const { on, values } of this.#said())
      for (const field of on.of.authority)
        if (Object.hasOwn(values, field)) counted.set(field, (counted.get(field) ?? 0) + 1);
    for (const [field, times] of counted)
      if (times > 1) this.#known(field, (text) => found.push({ source, kind, subject, field, text }));
    return found;
  }

  /** What is known of a field when everything was said, in order. */
  #known(field: string, contradicted: ((text: string) => void) | null): Known | undefined {
    if (field === 'id') return undefined;
    let known: Said | undefined;
    for (let saying: Saying | null = this.#first; saying; saying = saying.next) {
      const { values, on } = saying;
      if (on.of.authority.has(field) && Object.hasOwn(values, field))
        known = after(known, values[field], saying, field, contradicted);
    }
    return known;
  }
}

/** What is known of a field, and who said it. Where it was said is told to whoever asks: most do not. */
class Said implements Known {
  readonly value: unknown;
  readonly of: Voice;
  readonly #last: Saying;
  readonly #before: Said | null;

  constructor(value: unknown, of: Voice, last: Saying, before: Said | null) {
    this.value = value;
    this.of = of;
    this.#last = last;
    this.#before = before;
  }

  get citations(): readonly Citation[] {
    return Said.#sayings(this).flatMap(({ citations }) => citations);
  }

  /** All of them, oldest first. Somebody may be told of in as many places as there are repositories, deeper than calls go. */
  static #sayings(newest: Said): Saying[] {
    const found: Saying[] = [];
    for (let said: Said | null = newest; said; said = said.#before) found.push(said.#last);
    return found.reverse();
  }
}

/** What is known of a field after one thing more was said of it. */
function after(
  before: Said | undefined,
  value: unknown,
  said: Saying,
  field: string,
  contradicted: ((text: string) => void) | null,
): Said {
  const { of } = said.on;
  if (!before) return new Said(value, of, said, null);
  if (isContradiction(before.value)) return before;
  if (before.of.dataset === of.dataset && before.of.nth < of.nth) return new Said(value, of, said, null);
  if (isUnknown(value))
    return isUnknown(before.value) ? new Said(before.value, before.of, said, before) : before;
  if (isUnknown(before.value) || JSON.stringify(before.value) === JSON.stringify(value))
    return new Said(value, before.of, said, before);
  const text = `${before.of.dataset} says ${JSON.stringify(before.value)}, ${of.dataset} says ${JSON.stringify(value)}`;
  contradicted?.(text);
  const unknown: Unknown & { contradiction: true } = {
    unknown: `contradiction over ${field}: ${text}`,
    contradiction: true,
  };
  return new Said(unknown, of, said, before);
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
