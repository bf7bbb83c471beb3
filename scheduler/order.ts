import type { Dataset } from '../collectors/dataset.ts';

/** The datasets that one needs to have been read before it: the one it asks for each of, and what it is held against. */
export function needsOf(dataset: Dataset): readonly string[] {
  const among = dataset.type === 'state' && dataset.absence ? [dataset.absence.among] : [];
  const { each, boundedBy } = dataset;
  const bound = boundedBy === undefined ? [] : [boundedBy];
  const asked = each ? [each.dataset, ...(each.except ? [each.except.dataset] : [])] : [];
  return [...asked, ...among, ...bound];
}

/**
 * Datasets in an order in which each comes after what it needs, otherwise as declared. A circle, or a need that no
 * dataset meets, is a fault of the program.
 */
export function ordered(datasets: readonly Dataset[]): Dataset[] {
  const byId = new Map<string, Dataset>(datasets.map((dataset) => [dataset.id, dataset]));
  const done = new Set<Dataset>();
  const visit = (dataset: Dataset, path: readonly string[]) => {
    if (done.has(dataset)) return;
    if (path.includes(dataset.id))
      throw new Error(`datasets need each other: ${[...path, dataset.id].join(' → ')}`);
    for (const id of needsOf(dataset)) {
      const needed = byId.get(id);
      if (!needed) throw new Error(`${dataset.id} needs ${id}, which is not a dataset of its collector`);
      visit(needed, [...path, dataset.id]);
    }
    done.add(dataset);
  };
  for (const dataset of datasets) visit(dataset, []);
  return [...done];
}

/** One dataset with all that it needs, in order. */
export function withNeeds(datasets: readonly Dataset[], id: string): Dataset[] {
  const all = ordered(datasets);
  const wanted = new Set([id]);
  for (const dataset of all.toReversed())
    if (wanted.has(dataset.id)) for (const needed of needsOf(dataset)) wanted.add(needed);
  return all.filter((dataset) => wanted.has(dataset.id));
}
