import { askedFor, untold, type Dataset } from '../../collectors/dataset.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import { readSnapshot } from '../../evidence-model/read-snapshot.ts';
import type { Archive } from '../../vault/vault.ts';

/** What a dataset was asked for each of, as the snapshot of its parent says. */
export interface Family {
  /** The data that requests and records use, by the id of the parent. */
  readonly parents: ReadonlyMap<string, unknown>;
  /** Partitions that had to be asked for. */
  readonly asked: ReadonlyMap<string, unknown>;
  /** Partitions that cannot be complete: of parents that do not tell enough, or were not wholly read themselves. */
  readonly short: ReadonlySet<string>;
}

/** `null` where it is asked for nothing, or what it is asked for each of was not read. */
export async function familyOf(
  archive: Archive,
  { each }: Dataset,
  snapshotOf: (dataset: string) => Digest | undefined,
): Promise<Family | null> {
  const parent = each && snapshotOf(each.dataset);
  if (!parent) return null;
  const parents = new Map<string, unknown>();
  const asked = new Map<string, unknown>();
  const short = new Set<string>();
  const answered = await answeredFor(archive, each, snapshotOf);
  const snapshot = readSnapshot(await archive.get(parent));
  for (const { id, outcome } of snapshot.partitions) if (outcome !== 'complete') short.add(id);
  for (const { kind, data } of snapshot.records()) {
    if (kind !== each.kind) continue;
    if (untold(each, data).length > 0) short.add(data.id);
    else
      for (const { partition, parent: of } of askedFor(each, data)) {
        parents.set(of.id, of);
        if (!asked.has(partition) && !answered.has(partition)) asked.set(partition, of);
      }
  }
  return { parents, asked, short };
}

/** What another dataset, which was wholly read, answered for already. */
async function answeredFor(
  archive: Archive,
  { except }: NonNullable<Dataset['each']>,
  snapshotOf: (dataset: string) => Digest | undefined,
): Promise<ReadonlySet<unknown>> {
  const found = new Set<unknown>();
  const read = except && snapshotOf(except.dataset);
  if (!read) return found;
  const snapshot = readSnapshot(await archive.get(read));
  if (snapshot.partitions.some(({ outcome }) => outcome !== 'complete')) return found;
  for (const { kind, data } of snapshot.records()) if (kind === except.kind) found.add(data[except.field]);
  return found;
}
