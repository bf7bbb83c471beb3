import type { Snapshot } from '../../evidence-model/snapshot.ts';
import { Reader } from '../../evidence-model/kinds.ts';
import { textOf, type Subjects } from '../../evidence-model/subject.ts';
import type { Extraction, ReadingFacts } from '../documents/extraction.ts';
import type { Judgement } from '../judge.ts';
import type { JudgedDataset } from '../newest-reading.ts';

/** How the table of a kind was extracted: the readings that speak of it, and what is known to be missing of it. */
export function extractionOf(judgement: Judgement, kind: string): Extraction {
  const { asOf, earlier, datasets } = judgement;
  const read = [...earlier, ...datasets].flatMap((each) => factsOf(judgement, each, kind) ?? []);
  const unread = datasets.filter((each) => each.snapshot === null && speaksOf(judgement, each, kind));
  return {
    ...{ kind, asOf, timeZone: 'UTC' },
    completeness: completenessOf(datasets, unread, kind),
    readings: read,
    limits: [
      ...unread.map(
        ({ source, dataset, reasons }) =>
          `${dataset} of ${source} speaks of this and was not read: ${reasons.map(({ text }) => text).join('; ')}`,
      ),
      ...read.flatMap(({ source, dataset, limits }) =>
        limits.map((limit) => `${dataset} of ${source}: ${limit}`),
      ),
    ],
    notes: [],
  };
}

/** Whether anything that was read says anything of a kind, be it that there is nothing of it. */
export function isSpokenOf({ earlier, datasets }: Judgement, kind: string): boolean {
  return [...earlier, ...datasets].some(({ snapshot }) => snapshot !== null && kind in snapshot.header.kinds);
}

/** Whether a reading of some dataset says anything of a kind, read or not. */
function speaksOf({ plan }: Judgement, { source, dataset, snapshot }: JudgedDataset, kind: string): boolean {
  if (snapshot) return kind in snapshot.header.kinds;
  const due = plan.sources.find(({ id }) => id === source)?.datasets.find(({ id }) => id === dataset);
  return due !== undefined && kind in due.kinds;
}

function factsOf(
  { plan, subjects }: Judgement,
  { source, dataset, snapshot, digest, reasons }: JudgedDataset,
  kind: string,
): ReadingFacts | null {
  if (!snapshot || !(kind in snapshot.header.kinds)) return null;
  const { header, end } = snapshot;
  const due = plan.sources.find(({ id }) => id === source)?.datasets.find(({ id }) => id === dataset);
  return {
    source,
    dataset,
    title: header.title,
    snapshot: digest,
    documentation: due?.docs ?? null,
    query: queryOf(snapshot.asked),
    scope: header.scope,
    readBy: readersOf(subjects, source),
    permissions: header.permissions,
    startedAt: header.startedAt,
    endedAt: end.endedAt,
    interval: header.interval,
    requests: end.requests,
    items: end.items,
    records: end.records,
    rejects: end.rejects,
    independentCount: end.expected,
    independentCountOf: countedIn(end),
    outcome: end.outcome,
    limits: [...end.reasons, ...reasons].map(({ text }) => text),
  };
}

/** A count agrees wherever a reading is whole; what is listed beside what it counts, nothing counts. */
function countedIn({ outcome, expected, items }: Snapshot['end']): ReadingFacts['independentCountOf'] {
  if (outcome !== 'complete' || expected === null) return null;
  return expected === items ? 'every item' : 'some of the items';
}

function queryOf(asked: Snapshot['asked']): ReadingFacts['query'] {
  if (!asked) return null;
  const { method, url, operation, input } = asked.exchange;
  return { method, url, operation, input };
}

/** In AWS there is one for each account. */
const mostReaders = 5;

function readersOf(subjects: Subjects, source: string): string[] {
  const names = subjects
    .of(Reader.name)
    .filter((reader) => reader.source === source)
    .map((reader) => {
      const [type, account] = [textOf(reader, 'type'), textOf(reader, 'cloudAccount')];
      const where = account === null ? [] : [`in ${account}`];
      return [type ?? [], textOf(reader, 'name') ?? reader.id, where].flat().join(' ');
    });
  const more = names.length - mostReaders;
  return more > 0
    ? [...names.slice(0, mostReaders), `and ${more} more, in data/populations/reader.csv`]
    : names;
}

function completenessOf(
  datasets: readonly JudgedDataset[],
  unread: readonly JudgedDataset[],
  kind: string,
): Extraction['completeness'] {
  const listing = datasets.filter(({ snapshot }) => (snapshot?.header.kinds[kind]?.lists ?? false) !== false);
  const whole = listing.filter(
    ({ snapshot, reasons }) => snapshot?.end.outcome === 'complete' && reasons.length === 0,
  );
  if (listing.length === 0)
    return {
      complete: false,
      check: 'No reading lists all of this kind: the rows are what readings about other things named.',
    };
  return {
    complete: whole.length === listing.length && unread.length === 0,
    check: `Of ${listing.length + unread.length} readings that list this kind, or a part of it, ${whole.length} are whole: every page came and every item was understood.${countsOf(whole)}`,
  };
}

/** How many of these whole readings a count of the source was held against, and of how much of them. */
function countsOf(whole: readonly JudgedDataset[]): string {
  if (whole.length === 0) return '';
  const of = (counted: ReadingFacts['independentCountOf']) =>
    whole.filter(({ snapshot }) => snapshot && countedIn(snapshot.end) === counted).length;
  const [every, some] = [of('every item'), of('some of the items')];
  if (every + some === 0) return ' None of these has a count of the source to hold it against.';
  return [
    every > 0
      ? ` For ${every} of these the source also told how many items there are, and as many came.`
      : '',
    some > 0
      ? ` For ${some} of these the source told how many there are of some sorts of the items, and as many of these came; the other items have no count.`
      : '',
  ].join('');
}
