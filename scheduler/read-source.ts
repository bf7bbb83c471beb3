import { collect, type Parents } from '../collectors/collect.ts';
import type { Io, Session } from '../collectors/collector.ts';
import type { Dataset, LogDataset } from '../collectors/dataset.ts';
import type { Digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import type { PartitionLine, RecordLine, SnapshotEnd, SnapshotLine } from '../evidence-model/snapshot.ts';
import { evidencePath } from '../vault/vault.ts';
import { earlierReadings, type EarlierReading } from './earlier-readings.ts';
import { inOrder } from './in-order.ts';
import { intervalsOf } from './interval.ts';
import { knownAnswers } from './known-answers.ts';
import { artifactsOf, manifestOf, statusOf, type RunStatus, type Snapshotted } from './manifest.ts';
import type { Night } from './night.ts';
import { needsOf, ordered, withNeeds } from './order.ts';
import type { Source } from './setup.ts';
import { dueIn } from './this-week.ts';
import { connectionProblem, stopped, unreachable } from './unreachable.ts';

/**
 * How many datasets of one source are read at once. Each has limits of its own at the vendor, so that one that waits
 * leaves time for others; what may be asked at once in all is for the budgets of the session.
 */
const datasetsAtOnce = 4;

/** What of a source is read: all of it, or one dataset with what that needs. */
export interface Target {
  readonly source: Source;
  readonly dataset: string | null;
}

/**
 * Reads one source once and seals the attempt. It goes on with what an attempt that was broken off had read, where
 * `resume` says so and that is not too long ago. Every dataset that was asked for has a snapshot in it, also where the
 * source could not be connected or the reading was stopped.
 */
export async function readSource(
  night: Night,
  slot: string,
  { source, dataset: only }: Target,
  resume = false,
): Promise<RunStatus> {
  const { book, outside, signal, program, report } = night;
  const { collector, scope } = source;
  const startedAt = outside.now().toISOString();
  const alias = await book.vault.aliasOf('source', source.id);
  const earlier = book.find(slot)?.runs.filter((run) => run.source === alias) ?? [];
  const attempt = 1 + Math.max(0, ...earlier.map((run) => run.attempt));
  const datasets =
    only === null
      ? await dueIn(book, book.find(slot), { alias, scope }, ordered(source.datasets))
      : withNeeds(source.datasets, only);
  const code = await program.code(collector.id);
  const logs = datasets.filter((dataset): dataset is LogDataset & Dataset => dataset.type === 'log');
  const intervals = await intervalsOf(book, { alias, scope }, logs, outside.now());

  const before = resume
    ? await earlierReadings(book, earlier, { collector, scope, code, now: outside.now() })
    : new Map<string, EarlierReading>();

  const paths = new Map<Digest, string>();
  const io: Io = {
    ...outside,
    signal,
    keep: async (bytes) => {
      const artifact = await book.vault.put(bytes);
      paths.set(artifact, evidencePath(artifact, bytes));
      return artifact;
    },
  };
  const cite = async (lines: readonly SnapshotLine[], artifacts: Set<Digest>) => {
    for (const artifact of artifactsOf(lines)) {
      artifacts.add(artifact);
      // What an earlier attempt kept is in the vault and was not kept again.
      if (!paths.has(artifact)) paths.set(artifact, evidencePath(artifact, await book.vault.get(artifact)));
    }
  };
  const session = await connect(source, datasets, io);
  const relations = datasets.flatMap(({ each }) =>
    each ? [each, ...(each.except ? [each.except] : [])] : [],
  );
  const families = new Map(
    [...Map.groupBy(relations, (of) => of.dataset)].map(([id, of]) => [
      id,
      new Family(new Set(of.map(({ kind }) => kind))),
    ]),
  );
  const ends = new Map<string, SnapshotEnd>();
  const taken = new Map<string, Digest>();
  const readOne = async (dataset: Dataset): Promise<Snapshotted> => {
    report({ step: 'dataset', source: source.id, dataset: dataset.id });
    const family = families.get(dataset.id);
    const artifacts = new Set<Digest>();
    const done = (end: SnapshotEnd, snapshot: Digest): Snapshotted => {
      ends.set(dataset.id, end);
      taken.set(dataset.id, snapshot);
      report({ step: 'read', source: source.id, dataset: dataset.id, end });
      return { dataset: dataset.id, end, artifacts, snapshot };
    };
    const reading = before.get(dataset.id) ?? null;
    // What was asked for each of something, or held against something, is asked again where that was read again.
    const usable = needsOf(dataset).every((id) => reading?.beside.get(id) === taken.get(id)) ? reading : null;
    if (usable?.end.outcome === 'complete') {
      for await (const lines of usable.batches()) {
        family?.take(lines);
        await cite(lines, artifacts);
      }
      return done(usable.end, usable.snapshot);
    }
    const gone = (await usable?.earlier()) ?? null;
    const journal = await book.vault.journal({ slot, source: source.id, attempt, dataset: dataset.id });
    const end = await collect({
      collector,
      dataset,
      source: source.id,
      scope,
      session: signal.aborted ? unreachable(stopped) : session,
      parents: (dataset.each && families.get(dataset.each.dataset)) ?? null,
      bound: (dataset.boundedBy !== undefined && ends.get(dataset.boundedBy)) || null,
      answered: (dataset.each?.except && families.get(dataset.each.except.dataset)) ?? null,
      earlier: gone,
      known: session.recalls ? await knownAnswers(book, alias, dataset.id, scope) : undefined,
      // A log goes on in the interval that it was begun with.
      interval: gone?.header.interval ?? intervals.get(dataset.id) ?? null,
      slot,
      attempt,
      code,
      now: outside.now,
      write: async (lines) => {
        await cite(lines, artifacts);
        family?.take(lines);
        await journal.write(lines);
      },
    });
    return done(end, await journal.finish());
  };
  let read: readonly Snapshotted[];
  try {
    read = await inOrder(datasets, night.datasetsAtOnce ?? datasetsAtOnce, readOne);
  } finally {
    session.close();
  }

  const status = statusOf(read);
  const endedAt = outside.now().toISOString();
  const facts = { slot, source: source.id, alias, collector: collector.id, attempt, startedAt, endedAt };
  const made = { scope: { ...scope }, program: { version: program.version, code } };
  await book.seal(manifestOf({ ...facts, ...made }, read, paths), status);
  return status;
}

/** What of a dataset those that ask once for each of its records must know. */
class Family implements Parents {
  readonly partitions: Pick<PartitionLine, 'id' | 'outcome' | 'reasons'>[] = [];
  readonly #kinds: ReadonlySet<string>;
  readonly #records: Pick<RecordLine, 'kind' | 'data'>[] = [];

  constructor(kinds: ReadonlySet<string>) {
    this.#kinds = kinds;
  }

  take(lines: readonly SnapshotLine[]): void {
    for (const line of lines) {
      if (line.line === 'partition')
        this.partitions.push({ id: line.id, outcome: line.outcome, reasons: line.reasons });
      else if (line.line === 'record' && this.#kinds.has(line.kind))
        this.#records.push({ kind: line.kind, data: line.data });
    }
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
  async *records() {
    yield* this.#records;
  }
}

/** A session, or one that gives the reason why there is none to every dataset that is due. */
async function connect(source: Source, datasets: readonly Dataset[], io: Io): Promise<Session> {
  if (io.signal.aborted) return unreachable(stopped);
  try {
    return await source.collector.connect((await source.settings()) as never, datasets, io);
  } catch (error) {
    const text =
      error instanceof OperatorError
        ? error.message
        : `${source.id} could not be connected: ${error instanceof Error ? error.name : 'unknown'}`;
    return unreachable(connectionProblem(text));
  }
}
