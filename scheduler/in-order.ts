import type { Dataset } from '../collectors/dataset.ts';
import { needsOf } from './order.ts';

/**
 * Reads datasets, so many at once: always the first of them all whose needs were read. What came of them is in their
 * order. Where one throws, those that were begun are waited for, and no other is begun.
 */
export async function inOrder<T>(
  datasets: readonly Dataset[],
  atOnce: number,
  readOne: (dataset: Dataset) => Promise<T>,
): Promise<readonly T[]> {
  const waiting = [...datasets];
  const missing = new Set<string>(datasets.map(({ id }) => id));
  const done = new Map<string, T>();
  const failures: unknown[] = [];
  const under = new Set<Promise<void>>();
  const begin = (dataset: Dataset) => {
    const reading = readOne(dataset)
      .then(
        (came) => {
          done.set(dataset.id, came);
          missing.delete(dataset.id);
        },
        (error: unknown) => {
          failures.push(error);
        },
      )
      .finally(() => under.delete(reading));
    under.add(reading);
  };
  for (;;) {
    while (under.size < atOnce && failures.length === 0) {
      const next = waiting.findIndex((dataset) => needsOf(dataset).every((id) => !missing.has(id)));
      if (next < 0) break;
      waiting.splice(next, 1).forEach(begin);
    }
    if (under.size === 0) break;
    await Promise.race(under);
  }
  if (failures.length > 0) throw failures[0];
  if (waiting.length > 0)
    throw new Error(`datasets need each other: ${waiting.map(({ id }) => id).join(', ')}`);
  return datasets.flatMap(({ id }) => done.get(id) ?? []);
}
