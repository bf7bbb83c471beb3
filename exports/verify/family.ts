import { askedBeside, askedFor, untold, type Dataset } from '../../collectors/dataset.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import type { Outcome } from '../../evidence-model/outcome.ts';
import { readSnapshot } from '../../evidence-model/read-snapshot.ts';
import type { Archive } from '../../vault/vault.ts';

/** What came of each dataset in one run, by its id. */
export type Siblings = ReadonlyMap<string, { readonly snapshot: Digest; readonly outcome: Outcome }>;

/** What a dataset was asked for each of, as the snapshot of its parent says. */
export interface Family {
  /** The data that requests and records use, by the id of the parent. */
  readonly parents: ReadonlyMap<string, unknown>;
  /** Partitions that may be asked for. */
  readonly due: ReadonlySet<string>;
  /** Those of them that another dataset answers for, wholly. */
  readonly answered: ReadonlySet<unknown>;
  /** Partitions that cannot be complete: of parents that do not tell enough, or were not wholly read themselves. */
  readonly short: ReadonlySet<string>;
}

/** `null` where the parent was not read in the same run. */
export async function familyOf(
  archive: Archive,
  siblings: Siblings,
  { each }: Dataset,
  scope: unknown,
): Promise<Family | null> {
  const read = async (dataset: string) => {
    const found = siblings.get(dataset);
    return found ? readSnapshot(await archive.get(found.snapshot)) : null;
  };
  const parent = each ? await read(each.dataset) : null;
  if (!each || !parent) return null;
  const parents = new Map<string, unknown>();
  const due = new Set<string>();
  const short = new Set<string>();
  for (const { id, outcome } of parent.partitions) if (outcome !== 'complete') short.add(id);
  for (const { kind, data } of parent.records()) {
    if (kind !== each.kind) continue;
    if (untold(each, data).length > 0) short.add(data.id);
    else
      for (const asked of askedFor(each, data)) {
        parents.set(asked.parent.id, asked.parent);
        due.add(asked.partition);
      }
  }
  const named = besides(each, scope);
  if (named === null) return null;
  for (const asked of named) {
    parents.set(asked.parent.id, asked.parent);
    due.add(asked.partition);
  }
  const { except } = each;
  const other = except ? await read(except.dataset) : null;
  const answered = new Set<unknown>();
  if (except && other?.partitions.every(({ outcome }) => outcome === 'complete'))
    for (const { kind, data } of other.records()) if (kind === except.kind) answered.add(data[except.field]);
  return { parents, due, answered, short };
}

/** What the settings name besides; `null` where the scope is not one that this version reads. */
function besides(each: NonNullable<Dataset['each']>, scope: unknown): ReturnType<typeof askedBeside> | null {
  try {
    return askedBeside(each, scope);
  } catch {
    return null;
  }
}
