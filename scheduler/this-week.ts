import type { Dataset } from '../collectors/dataset.ts';
import { weekOf } from '../evidence-model/cadence.ts';
import { differing } from '../evidence-model/canonical.ts';
import type { Book, Slot } from './book.ts';
import { cadenceOf } from './plan.ts';

/**
 * What is due in a slot of these datasets: without those of once a week that an earlier night of this week wholly read,
 * where nobody read them less well since.
 */
export async function dueIn(
  book: Book,
  slot: Slot | null,
  source: { readonly alias: string; readonly scope: Readonly<Record<string, unknown>> },
  datasets: readonly Dataset[],
): Promise<readonly Dataset[]> {
  const open = slot?.open;
  if (open?.kind !== 'scheduled' || !datasets.some(isWeekly)) return datasets;
  const week = weekOf(open.due);
  const read = new Set<string>();
  for (const night of book.slots) {
    if (!night.open || night.slot === slot?.slot || weekOf(night.open.due) !== week) continue;
    for (const line of night.runs) {
      if (line.source !== source.alias || book.isAhead(line)) continue;
      const manifest = await book.manifest(line);
      if (!manifest) continue;
      const other = differing(source.scope, manifest.predicate.scope).length > 0;
      for (const { dataset, outcome } of manifest.predicate.datasets)
        if (other || outcome !== 'complete') read.delete(dataset);
        else if (night.open.kind === 'scheduled') read.add(dataset);
    }
  }
  return datasets.filter((dataset) => !isWeekly(dataset) || !read.has(dataset.id));
}

const isWeekly = (dataset: Dataset) => cadenceOf(dataset) === 'weekly';
