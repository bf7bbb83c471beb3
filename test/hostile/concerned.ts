import { declarationOf, type Dataset } from '../../collectors/dataset.ts';
import { needsOf } from '../../controls/control.ts';
import { controls } from '../../controls/index.ts';
import { isAskedOf } from '../../controls/readings.ts';

/** The dataset, and all that is asked for each of its items, held against it or bounded by it. */
export function dependents(datasets: readonly Dataset[], id: string): Dataset[] {
  const own = datasets.filter((dataset) => dataset.id === id);
  const others = datasets.filter(
    (dataset) =>
      dataset.each?.dataset === id ||
      dataset.boundedBy === id ||
      (dataset.type === 'state' && dataset.absence?.among === id),
  );
  return [...own, ...others.flatMap((other) => dependents(datasets, other.id))];
}

/** Controls that look at what these datasets say. */
export function concerned(collector: string, datasets: readonly Dataset[]): Set<string> {
  const readings = datasets.map((dataset) => {
    const { kinds, absence } = declarationOf(dataset);
    const implied = absence.map(({ kind, means }) => [kind, Object.keys(means)] as const);
    return { kinds, absence: Object.fromEntries(implied) };
  });
  const found = controls.filter(
    (control) =>
      control.collectors.includes(collector) &&
      needsOf(control).some((need) => readings.some((reading) => isAskedOf(reading as never, need))),
  );
  return new Set([...found.map(({ id }) => id), 'evidence-coverage-complete']);
}
