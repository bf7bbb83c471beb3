import type { Digest } from '../evidence-model/digest.ts';
import { combine, type Outcome, type Reason, type ReasonCode } from '../evidence-model/outcome.ts';
import type {
  CaptureLine,
  Exchange,
  PartitionLine,
  SnapshotEnd,
  SnapshotHeader,
  SnapshotLine,
} from '../evidence-model/snapshot.ts';
import { whole } from '../evidence-model/snapshot.ts';
import { isUnknown } from '../evidence-model/unknown.ts';
import type { Collector, Page, Problem, Session } from './collector.ts';
import type { Dataset, Interval } from './dataset.ts';
import { derive } from './derive.ts';
import { UndeclaredRequest } from './transport/transport.ts';

/** What was read of the parent dataset: its partitions, and its records as often as needed. */
export interface Parents {
  readonly partitions: readonly Pick<PartitionLine, 'id' | 'outcome'>[];
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

/** More pages than any listing has; reaching it leaves the partition truncated. */
const pageCap = 100_000;

/**
 * Collects one dataset from one source and writes its snapshot, line by line. It does not throw for what a source
 * does: what went wrong is in the snapshot. A child dataset is never more complete than its parent.
 */
export async function collect(collection: Collection): Promise<SnapshotEnd> {
  const { dataset, parents, now, write, session } = collection;
  await write([headerOf(collection)]);
  const sum: Totals = { partitions: [], captures: 0, requests: 0, bytes: 0 };

  if (!dataset.each) await readPartition(collection, whole, undefined, null, sum);
  else {
    for (const { id, outcome } of parents?.partitions ?? []) {
      if (outcome === 'complete') continue;
      const text = `${dataset.each.dataset}${id === whole ? '' : ` of ${id}`} is ${outcome}, so not all that is due here is known`;
      await close(collection, sum, { id, outcome, reasons: [reason('parent-incomplete', text)] });
    }
    if (!parents)
      await close(collection, sum, {
        id: whole,
        outcome: 'failed',
        reasons: [reason('parent-incomplete', `${dataset.each.dataset} was not read`)],
      });
    else await readEach(collection, parents, session.width, sum);
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

interface Totals {
  readonly partitions: Omit<PartitionLine, 'line'>[];
  captures: number;
  requests: number;
  bytes: number;
}

type ParentData = Readonly<Record<string, unknown>> & { readonly id: string };

async function readEach(collection: Collection, parents: Parents, width: number, sum: Totals): Promise<void> {
  const { each } = collection.dataset;
  if (!each) return;
  const under = new Set<Promise<void>>();
  for await (const { kind, data } of parents.records()) {
    if (kind !== each.kind) continue;
    const open = each.needs.filter((field) => data[field] === undefined || isUnknown(data[field]));
    if (open.length > 0) {
      const text = `${each.dataset} does not tell ${open.join(' and ')} of ${data.id}`;
      await close(collection, sum, { id: data.id, outcome: 'failed', reasons: [reason('not-asked', text)] });
      continue;
    }
    if (!each.where(data as never)) continue;
    const reading = readPartition(collection, data.id, data, data.id, sum).finally(() =>
      under.delete(reading),
    );
    under.add(reading);
    if (under.size >= width) await Promise.race(under);
  }
  await Promise.all(under);
}

async function readPartition(
  collection: Collection,
  partition: string,
  parent: ParentData | undefined,
  parentId: string | null,
  sum: Totals,
): Promise<void> {
  const state: PartitionState = {
    reasons: [],
    outcomes: [],
    seen: new Set(),
    items: 0,
    records: 0,
    rejects: 0,
    pages: 0,
    duplicates: 0,
  };
  try {
    await readItems(collection, partition, parent, parentId, sum, state);
  } catch (error) {
    // A fault of ours in one dataset must neither stop the night nor look like an answer.
    const undeclared = error instanceof UndeclaredRequest;
    const text = undeclared
      ? error.message
      : `Exhibit itself failed: ${error instanceof Error ? error.name : 'unknown'}`;
    state.outcomes.push('failed');
    state.reasons.push(reason(undeclared ? 'refused-request' : 'internal-error', text));
  }
  const expected = await readCount(collection, partition, parent, parentId, sum, state);
  const { dataset } = collection;
  if (state.rejects > 0)
    state.reasons.push(
      reason('item-rejected', `${state.rejects} of ${state.items} items were not understood`),
    );
  if (state.duplicates > 0)
    state.reasons.push(
      reason(
        'duplicate-items',
        `${state.duplicates} items came twice, so the listing moved while it was read`,
      ),
    );
  if (dataset.neverEmpty !== undefined && state.items === 0 && state.outcomes.length === 0)
    state.reasons.push(
      reason('impossible-empty', `nothing was listed, and ${dataset.neverEmpty}`, dataset.permissions),
    );
  if (expected !== null && expected !== state.seen.size && state.outcomes.length === 0)
    state.reasons.push(
      reason(
        'count-differs',
        `${state.seen.size} were listed, ${dataset.count?.what ?? 'the count'} says ${expected}`,
        dataset.permissions,
      ),
    );
  const outcome = outcomeOf(state);
  await close(collection, sum, {
    id: partition,
    outcome,
    reasons: distinct(state.reasons),
    items: state.items,
    records: state.records,
    rejects: state.rejects,
    pages: state.pages,
    expected,
  });
}

interface PartitionState {
  readonly reasons: Reason[];
  /** How each reading that gave no page failed. */
  readonly outcomes: Exclude<Outcome, 'complete'>[];
  readonly seen: Set<string>;
  items: number;
  records: number;
  rejects: number;
  pages: number;
  duplicates: number;
}

function outcomeOf({ reasons, outcomes, pages }: PartitionState): Outcome {
  if (reasons.length === 0 && outcomes.length === 0) return 'complete';
  const [first] = outcomes;
  return pages === 0 && first !== undefined && outcomes.every((outcome) => outcome === first)
    ? first
    : 'partial';
}

async function readItems(
  collection: Collection,
  partition: string,
  parent: ParentData | undefined,
  parentId: string | null,
  sum: Totals,
  state: PartitionState,
): Promise<void> {
  const { dataset, scope, interval, session } = collection;
  const requests =
    dataset.type === 'log'
      ? dataset.requests(scope as never, parent as never, interval ?? { from: '', to: '' })
      : dataset.requests(scope as never, parent as never);
  for (const request of requests) {
    for await (const page of session.pages(request as never, { secrets: dataset.secrets ?? [] })) {
      if (state.pages >= pageCap) {
        state.outcomes.push('truncated');
        state.reasons.push(reason('page-cap', `more than ${pageCap} pages`));
        break;
      }
      await takePage(collection, partition, parent, parentId, page, sum, state);
    }
  }
}

async function takePage(
  collection: Collection,
  partition: string,
  parent: ParentData | undefined,
  parentId: string | null,
  page: Page,
  sum: Totals,
  state: PartitionState,
): Promise<void> {
  const { dataset, scope, write } = collection;
  const capture = (exchange: Exchange, use: CaptureLine['use']) =>
    captureLine(sum, partition, parentId, exchange, use);
  const lines: SnapshotLine[] = page.asides.map((exchange) => capture(exchange, 'aside'));
  const { exchange, answer } = page;
  const none = !answer.ok && dataset.none?.(answer.problem, parent as never) === true;
  const artifact = exchange?.artifact ?? null;

  if (!answer.ok && !none) {
    if (exchange) lines.push(capture(exchange, 'problem'));
    const { outcome, entry } = problemOf(dataset, answer.problem);
    state.outcomes.push(outcome);
    state.reasons.push(entry);
  } else if (!exchange || artifact === null) {
    if (exchange) lines.push(capture(exchange, 'problem'));
    state.outcomes.push('failed');
    state.reasons.push(reason('cut-off', 'an answer without a body'));
  } else {
    lines.push(capture(exchange, none ? 'none' : 'items'));
    const value = answer.ok ? answer.value : null;
    const derived = derive(dataset, value, { artifact, none, partition, scope, parent });
    state.pages += 1;
    state.items += derived.items;
    state.records += derived.records.length;
    state.rejects += derived.rejects.length;
    for (const key of derived.counted) {
      if (state.seen.has(key)) state.duplicates += 1;
      state.seen.add(key);
    }
    const stale = outdated(dataset, derived.observedAt, exchange.at);
    if (stale) state.reasons.push(stale);
    lines.push(...derived.records, ...derived.rejects);
  }
  await write(lines);
}

async function readCount(
  collection: Collection,
  partition: string,
  parent: ParentData | undefined,
  parentId: string | null,
  sum: Totals,
  state: PartitionState,
): Promise<number | null> {
  const { dataset, scope, session, write } = collection;
  if (!dataset.count || state.pages === 0) return null;
  const { what } = dataset.count;
  let expected: number | null = null;
  try {
    for await (const page of session.pages(dataset.count.request(scope as never, parent as never) as never, {
      secrets: dataset.secrets ?? [],
    })) {
      const { exchange, answer } = page;
      await write([
        ...page.asides.map((aside) => captureLine(sum, partition, parentId, aside, 'aside')),
        ...(exchange
          ? [captureLine(sum, partition, parentId, exchange, answer.ok ? 'count' : 'problem')]
          : []),
      ]);
      if (answer.ok) expected = dataset.count.of(answer.value, { scope, parent } as never);
      else
        state.reasons.push({
          ...problemOf(dataset, answer.problem).entry,
          code: 'count-unreadable',
          text: `${what} could not be read: ${answer.problem.text}`,
        });
      break;
    }
  } catch (error) {
    state.reasons.push(
      reason(
        'internal-error',
        `Exhibit itself failed over ${what}: ${error instanceof Error ? error.name : 'unknown'}`,
      ),
    );
  }
  if (
    expected === null &&
    !state.reasons.some(({ code }) => code === 'count-unreadable' || code === 'internal-error')
  )
    state.reasons.push(
      reason('count-unreadable', `${what} does not say how many there are`, dataset.permissions),
    );
  return expected;
}

function problemOf(
  dataset: Dataset,
  problem: Problem,
): { readonly outcome: Exclude<Outcome, 'complete'>; readonly entry: Reason } {
  const denied = problem.outcome !== 'denied' && dataset.denied?.(problem) === true;
  const outcome = denied ? 'denied' : problem.outcome;
  const code = denied ? 'permission-missing' : problem.reason;
  const grants: readonly ReasonCode[] = ['permission-missing', 'licence-missing'];
  const grant =
    code === 'licence-missing' && dataset.licence !== undefined ? [dataset.licence] : dataset.permissions;
  return { outcome, entry: reason(code, problem.text, grants.includes(code) ? grant : []) };
}

function outdated(dataset: Dataset, observedAt: string | null, readAt: string): Reason | null {
  if (!dataset.observed) return null;
  const { maximumAgeHours } = dataset.observed;
  if (observedAt === null) return reason('outdated', 'the source does not say when it looked');
  const hours = (Date.parse(readAt) - Date.parse(observedAt)) / 3_600_000;
  return hours > maximumAgeHours
    ? reason('outdated', `the source looked at ${observedAt}, more than ${maximumAgeHours} hours before`)
    : null;
}

function captureLine(
  sum: Totals,
  partition: string,
  parent: string | null,
  exchange: Exchange,
  use: CaptureLine['use'],
): CaptureLine {
  sum.requests += 1;
  sum.bytes += exchange.bytes;
  const n = sum.captures;
  sum.captures += 1;
  return { line: 'capture', n, partition, parent, use, exchange };
}

async function close(
  { write }: Collection,
  sum: Totals,
  partition: Pick<PartitionLine, 'id' | 'outcome' | 'reasons'> & Partial<Omit<PartitionLine, 'line'>>,
): Promise<void> {
  const line = { items: 0, records: 0, rejects: 0, pages: 0, expected: null, ...partition };
  sum.partitions.push(line);
  await write([{ line: 'partition', ...line }]);
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
    startedAt: now().toISOString(),
    scope: { ...scope },
    each: dataset.each?.dataset ?? null,
    ...declarationOf(dataset),
    permissions: [...dataset.permissions],
    code,
    interval: dataset.type === 'log' ? interval : null,
  };
}

/** What those who judge must know of a dataset, whether or not it was read. */
export function declarationOf(dataset: Dataset): Pick<SnapshotHeader, 'kinds' | 'absence'> {
  return {
    kinds: Object.fromEntries(
      dataset.speaks.map(({ kind, fields, lists }) => [kind.name, { speaks: [...fields], lists }]),
    ),
    absence:
      dataset.type === 'state' && dataset.absence
        ? [
            {
              kind: dataset.absence.kind.name,
              among: dataset.absence.among,
              means: { ...dataset.absence.means },
            },
          ]
        : [],
  };
}

function reason(code: ReasonCode, text: string, grant: readonly string[] = []): Reason {
  return { code, text, grant: [...grant] };
}

function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((each) => [JSON.stringify(each), each])).values()];
}

function total(partitions: Totals['partitions'], field: 'items' | 'records' | 'rejects'): number {
  return partitions.reduce((sum, partition) => sum + partition[field], 0);
}
