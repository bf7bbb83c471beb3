import { controls } from '../../controls/index.ts';
import { worst } from '../../controls/finding.ts';
import { tally, type Result } from '../../controls/result.ts';
import type { Judgement } from '../judge.ts';
import { systemName } from '../systems.ts';

/** How one test came out in one kind of system. */
export interface Split {
  readonly control: string;
  readonly system: string;
  readonly status: Result['status'];
  readonly population: Result['population'];
}

/** The results of some tests by kind of system: of those that are connected, also where nothing was counted. */
export function bySystem({ results, plan }: Judgement, ids: readonly string[]): readonly Split[] {
  const collectorOf = new Map(plan.sources.map(({ id, collector }) => [id, collector]));
  return ids.flatMap((id) => {
    const result = results.find(({ control }) => control === id);
    if (!result) return [];
    const about = controls.find((control) => control.id === id)?.collectors ?? [];
    const connected = about.filter((each) => plan.sources.some(({ collector }) => collector === each));
    return connected.map((collector): Split => {
      const population = tally(
        result.verdicts.filter(({ source }) => (collectorOf.get(source) ?? source) === collector),
      );
      return { control: id, system: systemName(collector), population, status: statusOf(result, population) };
    });
  });
}

/** What kept the whole from being told may have been in any of the systems: none passes for it. */
function statusOf({ because }: Result, population: Result['population']): Result['status'] {
  const { pass, fail, excepted, noData, manual } = population;
  return worst([
    ...(because.length > 0 ? (['no-data'] as const) : []),
    ...(fail > 0 ? (['fail'] as const) : []),
    ...(noData > 0 ? (['no-data'] as const) : []),
    ...(manual > 0 ? (['manual'] as const) : []),
    ...(excepted > 0 ? (['excepted'] as const) : []),
    ...(pass > 0 ? (['pass'] as const) : []),
  ]);
}
