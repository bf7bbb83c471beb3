import { declarationOf, type Dataset } from '../../collectors/dataset.ts';
import { needsOf, type Control, type Need } from '../../controls/control.ts';
import { holderNeeds } from '../../controls/holders.ts';
import { controls } from '../../controls/index.ts';
import { AccountHolder, Leaver } from '../../evidence-model/kinds.ts';
import type { Subjects } from '../../evidence-model/subject.ts';
import { isAskedOf } from '../../controls/readings.ts';
import { membership } from '../../controls/relatives.ts';

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

/** What a control looks at, with the listings that it was derived from where no dataset says it. */
export function needsBehind(control: Control): readonly Need[] {
  const needs = needsOf(control);
  return isDerived(needs) ? [...needs, ...holderNeeds.map((kind) => ({ kind, fields: [] }))] : needs;
}

/** Whether a control is about whose accounts are. */
export function isDerived(needs: readonly Need[]): boolean {
  return needs.some(({ kind }) => kind === AccountHolder.name || kind === Leaver.name);
}

/** Controls that look at what these datasets say. */
export function concerned(collector: string, datasets: readonly Dataset[]): Set<string> {
  const asks = askingOf(datasets);
  const found = controls.filter(
    (control) => control.collectors.includes(collector) && needsBehind(control).some(asks),
  );
  return new Set([...found.map(({ id }) => id), 'evidence-coverage-complete']);
}

/** What a control of several parts judges in those that look at nothing that these datasets say. */
export function besides(control: Control, datasets: readonly Dataset[], subjects: Subjects): Set<string> {
  const asks = askingOf(datasets);
  const others = control.parts.filter(({ over, related }) => ![over, ...Object.values(related)].some(asks));
  return new Set(
    control.parts.length === 1
      ? []
      : others.flatMap(({ over }) =>
          subjects
            .of(over.kind)
            .filter((subject) => membership(subject, over.only) === 'yes')
            .map(({ id }) => id),
        ),
  );
}

/** Tells whether any of these datasets says what is needed. */
function askingOf(datasets: readonly Dataset[]): (need: Need) => boolean {
  const readings = datasets.map((dataset) => {
    const { kinds, absence } = declarationOf(dataset);
    const implied = absence.map(({ kind, means }) => [kind, Object.keys(means)] as const);
    return { kinds, absence: Object.fromEntries(implied) };
  });
  return (need) => readings.some((reading) => isAskedOf(reading as never, need));
}
