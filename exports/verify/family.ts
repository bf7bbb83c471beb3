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

export async function familyOf(archive: Archive, parent: Digest, { each }: Dataset): Promise<Family> {
  const parents = new Map<string, unknown>();
  const asked = new Map<string, unknown>();
  const short = new Set<string>();
  if (!each) return { parents, asked, short };
  const snapshot = readSnapshot(await archive.get(parent));
  for (const { id, outcome } of snapshot.partitions) if (outcome !== 'complete') short.add(id);
  for (const { kind, data } of snapshot.records()) {
    if (kind !== each.kind) continue;
    if (untold(each, data).length > 0) short.add(data.id);
    else
      for (const { partition, parent: of } of askedFor(each, data)) {
        parents.set(of.id, of);
        if (!asked.has(partition)) asked.set(partition, of);
      }
  }
  return { parents, asked, short };
}
