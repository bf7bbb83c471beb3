import type { Digest } from './digest.ts';
import type { RecordLine, Snapshot } from './snapshot.ts';
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
  readonly fields: ReadonlyMap<string, Known>;
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

/** What a dataset said of a field, and which of the snapshots, in order, that was. */
interface Said extends Known {
  readonly dataset: string;
  readonly nth: number;
}

interface Draft {
  source: string;
  kind: string;
  id: string;
  partitions: Set<string>;
  datasets: Set<string>;
  fields: Map<string, Said>;
  citations: Citation[];
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
  const drafts = new Map<string, Draft>();
  const contradictions: Contradiction[] = [];

  for (const [nth, snapshot] of snapshots.entries()) {
    const spoken = Object.keys(snapshot.header.kinds).filter((name) => kinds.has(name));
    if (spoken.length === 0) continue;
    for (const record of snapshot.records()) {
      if (kinds.has(record.kind))
        take(draftOf(drafts, snapshot, record), snapshot, nth, record, contradictions);
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
      const citations = snapshot.pages.map((artifact) => ({
        dataset: snapshot.header.dataset,
        artifact,
        pointer: '',
      }));
      for (const draft of drafts.values()) {
        if (draft.source !== snapshot.header.source || draft.kind !== absence.kind) continue;
        if (!draft.datasets.has(absence.among) || draft.datasets.has(snapshot.header.dataset)) continue;
        const spoken = population.header.kinds[absence.kind]?.speaks ?? [];
        for (const [field, value] of Object.entries(absence.means)) {
          // Where the population itself says that it cannot be known of somebody, no silence tells it.
          if (spoken.includes(field) && isUnknown(draft.fields.get(field)?.value)) continue;
          say(draft, field, { value, dataset: snapshot.header.dataset, nth, citations }, contradictions);
        }
      }
    }
  }

  const byKind = new Map<string, Subject[]>();
  for (const draft of drafts.values()) {
    const list = byKind.get(draft.kind) ?? [];
    if (list.length === 0) byKind.set(draft.kind, list);
    list.push(draft);
  }
  for (const list of byKind.values()) list.sort((a, b) => compare(a.source, b.source) || compare(a.id, b.id));
  contradictions.sort(byPlace);
  return { of: (name) => byKind.get(name) ?? [], contradictions };
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

function draftOf(drafts: Map<string, Draft>, { header }: Snapshot, { kind, data }: RecordLine): Draft {
  const key = JSON.stringify([header.source, kind, data.id]);
  const found = drafts.get(key);
  if (found) return found;
  const draft: Draft = {
    source: header.source,
    kind,
    id: data.id,
    partitions: new Set(),
    datasets: new Set(),
    fields: new Map(),
    citations: [],
  };
  drafts.set(key, draft);
  return draft;
}

function take(
  draft: Draft,
  { header }: Snapshot,
  nth: number,
  record: RecordLine,
  contradictions: Contradiction[],
): void {
  const { dataset } = header;
  const citation = { dataset, artifact: record.artifact, pointer: record.pointer };
  draft.partitions.add(partitionKey(dataset, record.partition));
  draft.datasets.add(dataset);
  draft.citations.push(citation);
  const authority = new Set(header.kinds[record.kind]?.speaks);
  for (const [field, value] of Object.entries(record.data)) {
    if (field !== 'id' && authority.has(field))
      say(draft, field, { value, dataset, nth, citations: [citation] }, contradictions);
  }
}

function say(draft: Draft, field: string, said: Said, contradictions: Contradiction[]): void {
  const before = draft.fields.get(field);
  const { value, dataset, citations } = said;
  if (before && isContradiction(before.value)) return;
  if (!before || (before.dataset === dataset && before.nth < said.nth)) {
    draft.fields.set(field, said);
    return;
  }
  const both = [...before.citations, ...citations];
  if (isUnknown(value)) {
    if (isUnknown(before.value)) draft.fields.set(field, { ...before, citations: both });
    return;
  }
  if (isUnknown(before.value) || JSON.stringify(before.value) === JSON.stringify(value)) {
    draft.fields.set(field, { ...before, value, citations: both });
    return;
  }
  const text = `${before.dataset} says ${JSON.stringify(before.value)}, ${dataset} says ${JSON.stringify(value)}`;
  contradictions.push({ source: draft.source, kind: draft.kind, subject: draft.id, field, text });
  const unknown: Unknown & { contradiction: true } = {
    unknown: `contradiction over ${field}: ${text}`,
    contradiction: true,
  };
  draft.fields.set(field, { ...said, value: unknown, citations: both });
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
