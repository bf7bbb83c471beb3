import type { Collector } from '../collectors/collector.ts';
import { Earlier } from '../collectors/earlier.ts';
import type { Digest } from '../evidence-model/digest.ts';
import { snapshotLines } from '../evidence-model/read-snapshot.ts';
import type { SnapshotEnd, SnapshotLine } from '../evidence-model/snapshot.ts';
import type { LedgerLine } from '../vault/ledger-lines.ts';
import type { Book } from './book.ts';

/** How long ago a source may have been asked for a reading to be gone on with; later it is begun again. */
const freshMs = 15 * 60_000;

/** What an attempt had read of one dataset. Nothing is loaded before it is asked for. */
export interface EarlierReading {
  readonly snapshot: Digest;
  readonly end: SnapshotEnd;
  /** What the same attempt had read of the other datasets, by dataset: what it asked for and was held against. */
  readonly beside: ReadonlyMap<string, Digest>;
  /** Its lines, a few at a time. */
  batches(): AsyncIterable<readonly SnapshotLine[]>;
  earlier(): Promise<Earlier>;
}

/**
 * What earlier attempts in a slot had read of a source, by dataset: the furthest of each. Only what was asked a short
 * while ago, of the same scope and read by the same code, is good to go on with.
 */
export async function earlierReadings(
  book: Book,
  runs: readonly Extract<LedgerLine, { type: 'run' }>[],
  {
    collector,
    scope,
    code,
    now,
  }: {
    readonly collector: Pick<Collector, 'decode'>;
    readonly scope: Readonly<Record<string, unknown>>;
    readonly code: Digest;
    readonly now: Date;
  },
): Promise<ReadonlyMap<string, EarlierReading>> {
  const found = new Map<string, EarlierReading>();
  for (const run of runs) {
    const { predicate } = await book.vault.run(run);
    if (predicate.program.code !== code || JSON.stringify(predicate.scope) !== JSON.stringify(scope))
      continue;
    const beside = new Map(predicate.datasets.map(({ dataset, snapshot }) => [dataset, snapshot]));
    for (const { dataset, snapshot, end } of predicate.datasets) {
      const before = found.get(dataset);
      if (before && !isFurther(end, before.end)) continue;
      const lines = async () => snapshotLines(await book.vault.get(snapshot));
      if (!isFresh(await lines(), now)) continue;
      found.set(dataset, {
        snapshot,
        end,
        beside,
        async *batches() {
          for (const line of await lines()) yield [line];
        },
        earlier: async () => new Earlier(await lines(), collector, (artifact) => book.vault.get(artifact)),
      });
    }
  }
  return found;
}

function isFurther(end: SnapshotEnd, before: SnapshotEnd): boolean {
  if (end.outcome === 'complete' || before.outcome === 'complete') return end.outcome === 'complete';
  return end.requests >= before.requests;
}

/** Asked throughout within the last while, by a clock that did not step back since. */
function isFresh(lines: Iterable<SnapshotLine>, now: Date): boolean {
  // What there was nothing to ask for is as old as its beginning.
  let newest = '';
  for (const line of lines) {
    const at = line.line === 'capture' ? line.exchange.at : line.line === 'snapshot' ? line.startedAt : '';
    if (at > newest) newest = at;
  }
  const age = now.getTime() - Date.parse(newest);
  return age >= 0 && age <= freshMs;
}
