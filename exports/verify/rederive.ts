import { derive } from '../../collectors/derive.ts';
import { collectors as allCollectors } from '../../collectors/index.ts';
import type { Collector } from '../../collectors/collector.ts';
import { askedFor, untold, type Dataset } from '../../collectors/dataset.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import { readSnapshot, snapshotLines } from '../../evidence-model/read-snapshot.ts';
import type { CaptureLine, RecordLine, RejectLine, SnapshotHeader } from '../../evidence-model/snapshot.ts';
import type { Archive } from '../../vault/vault.ts';
import { collectorDigest } from '../code-digest.ts';

export interface Rederived {
  readonly records: number;
  readonly captures: number;
  /** Differences under the same code: the evidence or the records were changed. */
  readonly broken: readonly string[];
  /** Differences under other code: what turns answers into records was changed since. */
  readonly changed: readonly string[];
}

/** Where a snapshot stands, and the snapshot of its parent in the same run. */
export interface SnapshotOf {
  readonly digest: Digest;
  readonly parent: Digest | null;
}

/**
 * Derives every record of a snapshot again from the kept answers, with the same pure functions that made them, and
 * compares line by line, order included.
 */
export async function rederive(
  archive: Archive,
  { digest, parent }: SnapshotOf,
  collectors: readonly Collector[] = allCollectors,
): Promise<Rederived> {
  const bytes = await archive.get(digest);
  const { header } = readSnapshot(bytes);
  const collector = collectors.find(({ id }) => id === header.collector);
  const dataset = collector?.datasets.find(({ id }) => id === header.dataset);
  const same = collector !== undefined && (await collectorDigest(collector.id)) === header.code;
  const found = { records: 0, captures: 0, broken: [] as string[], changed: [] as string[] };
  const differ = (text: string) =>
    (same ? found.broken : found.changed).push(`${header.source} ${header.dataset}: ${text}`);
  if (!collector || !dataset) {
    differ('this version does not know the dataset');
    return found;
  }
  const parents = parent === null ? null : await parentsOf(archive, parent, dataset);

  let capture: CaptureLine | null = null;
  let written: (RecordLine | RejectLine)[] = [];
  const close = async () => {
    if (!capture) return;
    found.captures += 1;
    const derived = await again(archive, collector, dataset, header, capture, parents);
    if (derived === null) differ(`the answer to request ${capture.n} cannot be read again`);
    else if (JSON.stringify(derived) !== JSON.stringify(written))
      differ(`the answer to request ${capture.n} gives other records than were written`);
    found.records += written.length;
  };
  for (const line of snapshotLines(bytes)) {
    if (line.line === 'record' || line.line === 'reject') {
      if (capture) written.push(line);
      else differ('a record follows no answer');
    } else {
      await close();
      capture = line.line === 'capture' && (line.use === 'items' || line.use === 'none') ? line : null;
      written = [];
    }
  }
  return found;
}

async function again(
  archive: Archive,
  collector: Collector,
  dataset: Dataset,
  { scope, interval }: Pick<SnapshotHeader, 'scope' | 'interval'>,
  { exchange, use, partition, parent }: CaptureLine,
  parents: ReadonlyMap<string, unknown> | null,
): Promise<readonly (RecordLine | RejectLine)[] | null> {
  const { artifact } = exchange;
  if (artifact === null) return null;
  const none = use === 'none';
  const decoded = await collector.decode(exchange, await archive.get(artifact));
  if (decoded.ok === none) return null;
  const of = parent === null ? undefined : parents?.get(parent);
  if (parent !== null && of === undefined) return null;
  const value = decoded.ok ? decoded.value : null;
  const { records, rejects } = derive(dataset, value, {
    artifact,
    none,
    partition,
    url: exchange.url,
    scope,
    parent: of,
    interval,
  });
  return [...records, ...rejects];
}

async function parentsOf(
  archive: Archive,
  parent: Digest,
  dataset: Dataset,
): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const { kind, data } of readSnapshot(await archive.get(parent)).records())
    if (dataset.each && kind === dataset.each.kind && untold(dataset.each, data).length === 0)
      for (const { parent: each } of askedFor(dataset.each, data)) found.set(each.id, each);
  return found;
}
