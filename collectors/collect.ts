import type { Digest } from '../evidence-model/digest.ts';
import { combine, type Outcome, type Reason } from '../evidence-model/outcome.ts';
import {
  whole,
  type PartitionLine,
  type SnapshotEnd,
  type SnapshotHeader,
  type SnapshotLine,
} from '../evidence-model/snapshot.ts';
import type { Collector, Recall, Session } from './collector.ts';
import { declarationOf, askedBeside, askedFor, untold, type Dataset, type Interval } from './dataset.ts';
import type { Earlier } from './earlier.ts';
import { distinct, readPartition, reason, type Totals } from './read-partition.ts';

/** What was read of the parent dataset: its partitions, and its records as often as needed. */
export interface Parents {
  readonly partitions: readonly Pick<PartitionLine, 'id' | 'outcome' | 'reasons'>[];
  records(): AsyncIterable<{
    readonly kind: string;
    readonly data: Readonly<Record<string, unknown>> & { readonly id: string };
  }>;
}

export interface Collection {
  readonly collector: Pick<Collector, 'id' | 'decode'>;
  readonly dataset: Dataset;
  readonly source: string;
  readonly scope: Readonly<Record<string, unknown>>;
  readonly session: Session;
  /** For datasets that ask once for each record of another. */
  readonly parents: Parents | null;
  /** How far the listing was read that bounds this one; `null` where it was not. */
  readonly bound?: Pick<SnapshotEnd, 'outcome'> | null;
  /** For those that leave out what another dataset answered for already: what that read. */
  readonly answered?: Parents | null;
  /** What an attempt in the same slot that was broken off had read of it. */
  readonly earlier: Earlier | null;
  /** What the last whole reading of it got, where the source says whether that still holds. */
  readonly known?: Recall | undefined;
  /** For log datasets: what to ask for. */
  readonly interval: Interval | null;
  readonly slot: string;
  readonly attempt: number;
  /** Digest of the code that turns answers into records. */
  readonly code: Digest;
  readonly now: () => Date;
  /** Takes lines in order; a batch belongs together. */
  readonly write: (lines: readonly SnapshotLine[]) => Promise<void>;
}

/**
 * Collects one dataset from one source and writes its snapshot, line by line. It does not throw for what a source
 * does: what went wrong is in the snapshot. A child dataset is never more complete than its parent.
 */
export async function collect(collection: Collection): Promise<SnapshotEnd> {
  const { dataset, parents, now, write, session } = collection;
  await write([headerOf(collection)]);
  const sum: Totals = { partitions: [], captures: 0, requests: 0, bytes: 0 };

  if (!dataset.each) {
    await readOr(collection, sum, whole, () =>
      readPartition({ collection, partition: whole, parent: undefined }, sum),
    );
  } else if (!parents) {
    const why = reason('parent-incomplete', `${dataset.each.dataset} was not read`);
    await close(collection, sum, unread(whole, 'failed', why));
  } else {
    for (const { id, outcome, reasons } of parents.partitions) {
      if (outcome === 'complete') continue;
      const where = id === whole ? '' : ` of ${id}`;
      const text = `${dataset.each.dataset}${where} is ${outcome}, so not all that is due here is known`;
      const grant = [...new Set(reasons.flatMap((each) => each.grant))];
      await close(collection, sum, unread(id, outcome, reason('parent-incomplete', text, grant)));
    }
    await readEach(collection, parents, session.width, sum);
  }

  const outcomes = sum.partitions.map(({ outcome }) => outcome);
  const outcome = combine(outcomes);
  const end: SnapshotEnd = {
    line: 'end',
    endedAt: now().toISOString(),
    outcome,
    reasons: distinct(sum.partitions.flatMap(({ reasons }) => reasons)),
    partitions: sum.partitions.length,
    items: total(sum.partitions, 'items'),
    records: total(sum.partitions, 'records'),
    rejects: total(sum.partitions, 'rejects'),
    requests: sum.requests,
    bytes: sum.bytes,
    expected: sum.partitions.every(({ expected }) => expected === null)
      ? null
      : sum.partitions.reduce((n, { expected }) => n + (expected ?? 0), 0),
    covered: dataset.type === 'log' && outcome === 'complete' ? collection.interval : null,
  };
  await write([end]);
  return end;
}

async function readEach(collection: Collection, parents: Parents, width: number, sum: Totals): Promise<void> {
  const { each } = collection.dataset;
  if (!each) return;
  const answered = await answeredFor(collection);
  const under = new Set<Promise<void>>();
  const asked = new Set<string>();
  const take = async ({ partition, parent }: ReturnType<typeof askedFor>[number]) => {
    if (asked.has(partition) || answered.has(partition)) return;
    asked.add(partition);
    const reading = readOr(collection, sum, partition, () =>
      readPartition({ collection, partition, parent }, sum),
    ).finally(() => under.delete(reading));
    under.add(reading);
    if (under.size >= width) await Promise.race(under);
  };
  for await (const { kind, data } of parents.records()) {
    if (kind !== each.kind) continue;
    const open = untold(each, data);
    if (open.length > 0) {
      const text = `${each.dataset} does not tell ${open.join(' and ')} of ${data.id}`;
      await close(collection, sum, unread(data.id, 'failed', reason('not-asked', text)));
      continue;
    }
    for (const due of askedFor(each, data)) await take(due);
  }
  for (const due of askedBeside(each, collection.scope)) await take(due);
  await Promise.all(under);
}

/** The parents that another dataset answered for; none, where that was not wholly read. */
async function answeredFor({ dataset, answered }: Collection): Promise<ReadonlySet<unknown>> {
  const except = dataset.each?.except;
  const found = new Set<unknown>();
  if (!except || !answered?.partitions.every(({ outcome }) => outcome === 'complete')) return found;
  for await (const { kind, data } of answered.records())
    if (kind === except.kind) found.add(data[except.field]);
  return found;
}

/** Takes a partition over from the attempt that was broken off, or reads it. */
async function readOr(
  collection: Collection,
  sum: Totals,
  id: string,
  read: () => Promise<Omit<PartitionLine, 'line'>>,
): Promise<void> {
  const taken = collection.earlier?.closed(id);
  if (!taken) return close(collection, sum, await read());
  const lines = taken.lines.map((line) => {
    if (line.line !== 'capture') return line;
    sum.requests += 1;
    sum.bytes += line.exchange.bytes;
    sum.captures += 1;
    return { ...line, n: sum.captures - 1 };
  });
  await collection.write(lines);
  return close(collection, sum, taken.end);
}

async function close(
  { write }: Collection,
  sum: Totals,
  partition: Omit<PartitionLine, 'line'>,
): Promise<void> {
  sum.partitions.push(partition);
  await write([{ ...partition, line: 'partition' }]);
}

/** A partition of which nothing was read. */
function unread(id: string, outcome: Outcome, why: Reason): Omit<PartitionLine, 'line'> {
  return { id, outcome, reasons: [why], items: 0, records: 0, rejects: 0, pages: 0, expected: null };
}

function headerOf({
  collector,
  dataset,
  source,
  scope,
  slot,
  attempt,
  code,
  interval,
  earlier,
  now,
}: Collection): SnapshotHeader {
  return {
    line: 'snapshot',
    v: 1,
    source,
    collector: collector.id,
    dataset: dataset.id,
    title: dataset.title,
    type: dataset.type,
    slot,
    attempt,
    startedAt: earlier?.header.startedAt ?? now().toISOString(),
    scope: { ...scope },
    each: dataset.each?.dataset ?? null,
    ...declarationOf(dataset),
    permissions: [...dataset.permissions],
    code,
    interval: dataset.type === 'log' ? interval : null,
  };
}

function total(partitions: Totals['partitions'], field: 'items' | 'records' | 'rejects'): number {
  return partitions.reduce((sum, partition) => sum + partition[field], 0);
}
