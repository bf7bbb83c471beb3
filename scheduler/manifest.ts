import type { Digest } from '../evidence-model/digest.ts';
import type { SnapshotEnd, SnapshotLine } from '../evidence-model/snapshot.ts';
import type { RunManifest } from '../vault/manifest.ts';
import { evidencePath } from '../vault/vault.ts';

export type RunStatus = 'ok' | 'partial' | 'failed';

/** One dataset of an attempt: its kept snapshot, and the artifacts that the snapshot cites. */
export interface Snapshotted {
  readonly dataset: string;
  readonly snapshot: Digest;
  readonly end: SnapshotEnd;
  readonly artifacts: ReadonlySet<Digest>;
}

/** The bodies that these lines cite. */
export function artifactsOf(lines: readonly SnapshotLine[]): Digest[] {
  return lines.flatMap((line) =>
    line.line === 'capture' && line.exchange.artifact !== null ? [line.exchange.artifact] : [],
  );
}

/** An attempt is `ok` only where every dataset is complete; it failed only where nothing at all was read. */
export function statusOf(
  read: readonly { readonly end: Pick<SnapshotEnd, 'outcome' | 'items'> }[],
): RunStatus {
  if (read.every(({ end }) => end.outcome === 'complete')) return 'ok';
  return read.some(({ end }) => end.outcome === 'complete' || end.items > 0) ? 'partial' : 'failed';
}

const snapshotHead = new TextEncoder().encode('{"line":"snapshot"');

/** The manifest of an attempt, naming every file that its evidence stands on, each once and in one order. */
export function manifestOf(
  predicate: Omit<RunManifest['predicate'], 'datasets'>,
  read: readonly Snapshotted[],
  paths: ReadonlyMap<Digest, string>,
): RunManifest {
  const files = new Map<string, Digest>();
  for (const { snapshot, artifacts } of read) {
    files.set(evidencePath(snapshot, snapshotHead), snapshot);
    for (const artifact of artifacts) {
      const path = paths.get(artifact);
      if (path === undefined) throw new Error(`${artifact} is cited but was not kept in this attempt`);
      files.set(path, artifact);
    }
  }
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, sha256]) => ({ name, digest: { sha256 } })),
    predicateType: 'urn:exhibit:run:v1',
    predicate: {
      ...predicate,
      datasets: read.map(({ dataset, snapshot, end }) => ({ dataset, snapshot, outcome: end.outcome, end })),
    },
  };
}
