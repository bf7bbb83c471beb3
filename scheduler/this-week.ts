import type { Dataset } from '../collectors/dataset.ts';
import { weekOf } from '../evidence-model/cadence.ts';
import { differing } from '../evidence-model/canonical.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import type { Book, Slot } from './book.ts';
import { cadenceOf } from './plan.ts';

/** What is due in a slot of these datasets: without those of once a week that an earlier night of this week wholly read. */
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
    if (night.open?.kind !== 'scheduled' || night.open.due >= open.due || weekOf(night.open.due) !== week)
      continue;
    for (const line of night.runs)
      if (line.source === source.alias)
        for (const dataset of await wholeOf(book, line, source.scope)) read.add(dataset);
  }
  return datasets.filter((dataset) => !isWeekly(dataset) || !read.has(dataset.id));
}

const isWeekly = (dataset: Dataset) => cadenceOf(dataset) === 'weekly';

/** The datasets that a run wholly read in this scope; none of a run that can no longer be read. */
async function wholeOf(
  { vault }: Book,
  line: Slot['runs'][number],
  scope: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  try {
    const { predicate } = await vault.run(line);
    if (differing(scope, predicate.scope).length > 0) return [];
    return predicate.datasets.flatMap(({ dataset, outcome }) => (outcome === 'complete' ? [dataset] : []));
  } catch (error) {
    if (error instanceof IntegrityError) return [];
    throw error;
  }
}
