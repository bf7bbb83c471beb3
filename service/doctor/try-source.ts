import { collect, type Parents } from '../../collectors/collect.ts';
import type { Io, Session } from '../../collectors/collector.ts';
import { askedBeside, askedFor, untold, type Dataset } from '../../collectors/dataset.ts';
import { digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import type { Reason, ReasonCode } from '../../evidence-model/outcome.ts';
import { whole, type RecordLine, type SnapshotLine } from '../../evidence-model/snapshot.ts';
import { ordered } from '../../scheduler/order.ts';
import type { Source } from '../../scheduler/setup.ts';
import { connectionProblem, unreachable } from '../../scheduler/unreachable.ts';

/** Whether one dataset of one source can be read, as far as its first page tells. */
export interface Trial {
  readonly source: string;
  readonly dataset: Dataset;
  readonly state:
    | 'readable'
    /** What it is asked for each of was read, and there is none of it. */
    | 'nothing to ask'
    | 'not tried'
    | 'needs permission'
    | 'credentials refused'
    | 'needs licence'
    | 'not readable';
  readonly because: string;
  readonly grant: readonly string[];
}

/** Of how many parents a dataset that asks once for each is tried. */
const parentsTried = 5;
const hourMs = 3_600_000;

/** Asks each dataset of a source for one page. Nothing of it is kept. */
export async function trySource(source: Source, io: Omit<Io, 'keep'>): Promise<Trial[]> {
  const datasets = ordered(source.datasets);
  const dry: Io = { ...io, keep: (bytes) => Promise.resolve(digest(bytes)) };
  let session: Session;
  try {
    session = await source.collector.connect((await source.settings()) as never, datasets, dry);
  } catch (error) {
    const text =
      error instanceof OperatorError ? error.message : `it could not be connected: ${nameOf(error)}`;
    session = unreachable(connectionProblem(text));
  }
  const trials: Trial[] = [];
  const records = new Map<string, readonly RecordLine[]>();
  try {
    for (const dataset of datasets) {
      const { trial, found } = await tryDataset(
        source,
        dataset,
        firstPages(session),
        { records, trials },
        io,
      );
      records.set(dataset.id, found);
      trials.push(trial);
    }
  } finally {
    session.close();
  }
  return trials;
}

async function tryDataset(
  source: Source,
  dataset: Dataset,
  session: Session,
  {
    records,
    trials,
  }: {
    readonly records: ReadonlyMap<string, readonly RecordLine[]>;
    readonly trials: readonly Trial[];
  },
  { now }: Pick<Io, 'now'>,
): Promise<{ readonly trial: Trial; readonly found: readonly RecordLine[] }> {
  const of = { source: source.id, dataset };
  const parents = dataset.each ? parentsFor(dataset.each, records.get(dataset.each.dataset) ?? []) : null;
  if (dataset.each && parents?.length === 0 && askedBeside(dataset.each, source.scope).length === 0) {
    const because = `${dataset.each.dataset} named nothing to ask it for`;
    const parent = trials.find((trial) => trial.dataset.id === dataset.each?.dataset);
    const state = parent && tells(parent) ? 'nothing to ask' : 'not tried';
    return { trial: { ...of, state, because, grant: [] }, found: [] };
  }
  const lines: SnapshotLine[] = [];
  const settled = now().getTime() - (dataset.type === 'log' ? dataset.settleMinutes : 0) * 60_000;
  const end = await collect({
    collector: source.collector,
    dataset,
    source: source.id,
    scope: source.scope,
    session,
    parents: parents && parentsOf(parents),
    // One page says nothing of how much there is.
    bound: { outcome: 'complete' },
    earlier: null,
    interval: {
      from: new Date(settled - hourMs).toISOString(),
      to: new Date(settled).toISOString(),
    },
    slot: 'doctor',
    attempt: 1,
    code: digest(''),
    now,
    write: (batch) => {
      lines.push(...batch);
      return Promise.resolve();
    },
  });
  // Of one page an independent count says nothing.
  const reasons = end.reasons.filter(({ code }) => code !== 'count-differs');
  return {
    trial: {
      ...of,
      state: stateOf(reasons),
      because: reasons.map(({ text }) => text).join('; '),
      grant: [...new Set(reasons.flatMap(({ grant }) => grant))],
    },
    found: lines.filter((line) => line.line === 'record'),
  };
}

/** Whether a trial leaves nothing to be mended. */
export function tells({ state }: Pick<Trial, 'state'>): boolean {
  return state === 'readable' || state === 'nothing to ask';
}

function stateOf(reasons: readonly Reason[]): Trial['state'] {
  const states: readonly (readonly [ReasonCode, Trial['state']])[] = [
    ['credentials-refused', 'credentials refused'],
    ['permission-missing', 'needs permission'],
    ['licence-missing', 'needs licence'],
  ];
  if (reasons.length === 0) return 'readable';
  return states.find(([code]) => reasons.some((reason) => reason.code === code))?.[1] ?? 'not readable';
}

/** The same session, of which each request gets its first page only. */
function firstPages(session: Session): Session {
  return {
    width: 1,
    resumes: () => false,
    async *pages(request, options) {
      for await (const page of session.pages(request, options)) {
        yield page;
        return;
      }
    },
    close: () => session.close(),
  };
}

function parentsFor(each: NonNullable<Dataset['each']>, found: readonly RecordLine[]): RecordLine[] {
  return found
    .filter(
      ({ kind, data }) =>
        kind === each.kind && untold(each, data).length === 0 && askedFor(each, data).length > 0,
    )
    .slice(0, parentsTried);
}

function parentsOf(records: readonly RecordLine[]): Parents {
  return {
    partitions: [{ id: whole, outcome: 'complete', reasons: [] }],
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    records: async function* () {
      yield* records;
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
