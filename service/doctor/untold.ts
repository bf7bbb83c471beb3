import type { Dataset } from '../../collectors/dataset.ts';
import { needsOf, type Control, type Need } from '../../controls/control.ts';
import { needsBehind } from '../../controls/derived.ts';
import { listsOf } from '../../controls/readings.ts';
import { tells as isWell, type Trial } from './try-source.ts';

/** A control that cannot be told, or not for all, and why. */
export interface Untold {
  readonly control: string;
  readonly because: readonly string[];
}

/** The controls that these trials leave without data: no source of their kind, or a dataset they need cannot be read. */
export function untold(
  controls: readonly Control[],
  sources: readonly { readonly id: string; readonly collector: { readonly id: string } }[],
  trials: readonly Trial[],
): Untold[] {
  return controls.flatMap((control): Untold[] => {
    // What Exhibit knows of its own nights needs no source.
    if (control.collectors.includes('exhibit')) return [];
    const concerned = new Map(
      sources
        .filter(({ collector }) => control.collectors.includes(collector.id))
        .map(({ id, collector }) => [id, needsIn(control, collector.id)]),
    );
    if (concerned.size === 0)
      return [
        { control: control.id, because: [`no ${control.collectors.join(' or ')} source is configured`] },
      ];
    const because = trials
      .filter(
        ({ source, dataset, state }) =>
          !isWell({ state }) && concerned.get(source)?.some((need) => tells(dataset, need)),
      )
      .map(({ source, dataset, state }) => `${source}: ${dataset.id} ${state}`);
    return because.length > 0 ? [{ control: control.id, because }] : [];
  });
}

/** What it looks at in sources of a kind, itself or by way of what follows from what is read there. */
function needsIn(control: Control, collector: string): readonly Need[] {
  return needsOf(control, collector).flatMap((need) => [need, ...needsBehind(need.kind, collector)]);
}

function tells(dataset: Dataset, need: Need): boolean {
  const { kind, fields } = need;
  const { speaks } = dataset;
  const said = speaks.some(
    (each) =>
      each.kind.name === kind && (listsOf(each, need) || each.fields.some((field) => fields.includes(field))),
  );
  const absence = dataset.type === 'state' ? dataset.absence : undefined;
  return (
    said ||
    (absence?.kind.name === kind && Object.keys(absence.means).some((field) => fields.includes(field)))
  );
}
