import type { Plan } from '../../controls/plan.ts';
import { canonical } from '../../evidence-model/canonical.ts';
import { digest } from '../../evidence-model/digest.ts';
import { compare } from '../../evidence-model/subject.ts';
import type { History } from '../history.ts';
import type { Days } from './calendar-days.ts';

/** Something of how it is read and judged that one slot pinned otherwise than the one before. It counts from that slot on. */
export interface Change {
  readonly slot: string;
  /** When the slot that pinned it first was opened. */
  readonly at: string;
  readonly what: 'policy' | 'exception' | 'system' | 'source' | 'dataset' | 'register' | 'declared';
  /** The control, exception, system, source or dataset. */
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What the plans of a period changed, oldest first. The first plan that there ever was changes nothing. */
export async function changesIn(history: History, { begins, ends }: Days): Promise<Change[]> {
  const found: Change[] = [];
  let before: Plan | null = null;
  for (const { slot, open } of history.nights) {
    if (!open) continue;
    const plan = await history.plan(open);
    if (before && before !== plan && open.t >= begins && open.t < ends)
      for (const change of changesBetween(before, plan)) found.push({ slot, at: open.t, ...change });
    before = plan;
  }
  return found;
}

type Facts = ReadonlyMap<string, unknown>;

function changesBetween(before: Plan, after: Plan): Omit<Change, 'slot' | 'at'>[] {
  const [old, fresh] = [factsOf(before), factsOf(after)];
  return [...old.keys()].flatMap((what) => {
    const [a, b]: [Facts, Facts] = [old.get(what) ?? new Map(), fresh.get(what) ?? new Map()];
    return [...new Set([...a.keys(), ...b.keys()])]
      .sort(compare)
      .filter((name) => JSON.stringify(a.get(name)) !== JSON.stringify(b.get(name)))
      .map((name) => ({ what, name, before: a.get(name) ?? null, after: b.get(name) ?? null }));
  });
}

/** So much was said, and a digest that tells where it was said otherwise: not by whom, nor of whom. */
const saidIn = (said: unknown) => ({
  said: Array.isArray(said) ? said.length : Number(said !== null),
  digest: digest(JSON.stringify(canonical(said))).slice(0, 12),
});

/** What of a plan is told, by what it is about. Of people it is told how many are written down, and not who. */
function factsOf({
  policy,
  exceptions,
  systems,
  sources,
  register,
  declared,
}: Plan): ReadonlyMap<Change['what'], Facts> {
  const { people, services, federations, leavers } = register;
  const byId = <T extends { readonly id: string }>(list: readonly T[], tell: (each: T) => unknown): Facts =>
    new Map(list.map((each) => [each.id, canonical(tell(each))]));
  return new Map<Change['what'], Facts>([
    [
      'policy',
      new Map<string, unknown>([
        ...Object.entries(policy.controls).map(([id, values]) => [id, canonical(values)] as const),
        ['remedyDays', canonical(policy.remedyDays ?? null)],
      ]),
    ],
    ['exception', byId(exceptions, (exception) => exception)],
    ['system', byId(systems, (system) => system)],
    ['source', byId(sources, ({ collector, scope }) => ({ collector, scope }))],
    [
      'dataset',
      new Map(
        sources.flatMap((source) =>
          source.datasets.map(({ id, cadence }) => [`${source.id} ${id}`, { cadence }] as const),
        ),
      ),
    ],
    [
      'register',
      new Map<string, unknown>([
        ['people', saidIn(people)],
        ['services', saidIn(services)],
        ['federations', saidIn(federations)],
        [
          'leavers',
          leavers && { exportedOn: leavers.exportedOn, system: leavers.system, ...saidIn(leavers.people) },
        ],
      ]),
    ],
    ['declared', new Map(Object.entries(declared).map(([name, said]) => [name, saidIn(said)] as const))],
  ]);
}
