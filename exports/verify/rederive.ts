import { derive } from '../../collectors/derive.ts';
import { collectors as allCollectors } from '../../collectors/index.ts';
import type { Collector } from '../../collectors/collector.ts';
import { declarationOf, type Dataset } from '../../collectors/dataset.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import { readSnapshot, snapshotLines } from '../../evidence-model/read-snapshot.ts';
import type { CaptureLine, RecordLine, RejectLine, SnapshotHeader } from '../../evidence-model/snapshot.ts';
import type { Archive } from '../../vault/vault.ts';
import { collectorDigest } from '../code-digest.ts';
import { Completeness, type Answer } from './completeness.ts';
import { familyOf, type Family, type Siblings } from './family.ts';

export interface Rederived {
  readonly records: number;
  readonly captures: number;
  /** Differences under the same code: the evidence or the records were changed. */
  readonly broken: readonly string[];
  /** Differences under other code: what turns answers into records was changed since. */
  readonly changed: readonly string[];
}

/**
 * Derives every record of a snapshot again from the kept answers, with the same pure functions that made them, and
 * compares line by line, order included; and holds what it says of its own completeness against its lines.
 */
export async function rederive(
  archive: Archive,
  digest: Digest,
  siblings: Siblings,
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
  if (!declares(dataset, header)) differ('it is read in another way than the dataset declares');
  const family = await familyOf(archive, siblings, dataset, header.scope);
  const read = (line: CaptureLine) => again(archive, collector, dataset, header, line, family);
  const bound = dataset.boundedBy === undefined ? undefined : siblings.get(dataset.boundedBy)?.outcome;
  const completeness = new Completeness(
    { dataset, header, family, bound, read, continues: collector.continues ?? (() => false) },
    differ,
  );

  let capture: CaptureLine | null = null;
  let written: (RecordLine | RejectLine)[] = [];
  const close = async () => {
    if (!capture) return;
    found.captures += 1;
    const answer = await read(capture);
    if (answer === null) differ(`the answer to request ${capture.n} cannot be read again`);
    else {
      const { records, rejects } = answer.derived;
      if (JSON.stringify([...records, ...rejects]) !== JSON.stringify(written))
        differ(`the answer to request ${capture.n} gives other records than were written`);
      completeness.page(capture, answer);
    }
    found.records += written.length;
  };
  for (const line of snapshotLines(bytes)) {
    if (line.line === 'record' || line.line === 'reject') {
      if (capture) written.push(line);
      else differ('a record follows no answer');
      continue;
    }
    await close();
    capture = line.line === 'capture' && (line.use === 'items' || line.use === 'none') ? line : null;
    written = [];
    if (line.line === 'capture') completeness.capture(line);
    else if (line.line === 'partition') await completeness.close(line);
    else if (line.line === 'end') completeness.end(line);
  }
  return found;
}

/** Whether a header says of its records what the dataset declares of them. */
function declares(dataset: Dataset, header: SnapshotHeader): boolean {
  const { type, title, permissions, each, kinds, absence } = header;
  const declared = {
    type: dataset.type,
    title: dataset.title,
    permissions: dataset.permissions,
    each: dataset.each?.dataset ?? null,
    ...declarationOf(dataset),
  };
  return JSON.stringify(declared) === JSON.stringify({ type, title, permissions, each, kinds, absence });
}

async function again(
  archive: Archive,
  collector: Collector,
  dataset: Dataset,
  { scope, interval }: Pick<SnapshotHeader, 'scope' | 'interval'>,
  { exchange, use, partition, parent }: CaptureLine,
  family: Family | null,
): Promise<Answer | null> {
  const { artifact, status, url } = exchange;
  if (artifact === null) return null;
  const none = use === 'none';
  const decoded = await collector.decode(exchange, await archive.get(artifact));
  if (decoded.ok === none) return null;
  const of = parent === null ? undefined : family?.parents.get(parent);
  if (parent !== null && of === undefined) return null;
  // That there is none is an answer only where the dataset says that this refusal means it.
  if (!decoded.ok && dataset.none?.({ status, code: decoded.code }, of as never) !== true) return null;
  const value = decoded.ok ? decoded.value : null;
  const derived = derive(dataset, value, { artifact, none, partition, url, scope, parent: of, interval });
  return { value, derived };
}
