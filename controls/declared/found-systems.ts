import { CloudAccount, FoundSystem } from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import type { DeclaredSystem } from '../declarations.ts';
import { matches } from '../pattern.ts';
import type { Derivation } from './derivation.ts';
import { hintSources, tells, type Hint } from './hints.ts';

interface Found {
  readonly source: string;
  readonly hints: Hint[];
  readonly of: Subject[];
}

/** Each system that evidence tells of, at the source that does, beside what the company declared of it. */
export const foundSystems: Derivation = {
  kind: FoundSystem,
  from: [...new Set(hintSources.map(({ kind }) => kind.name))],
  listedBy: (reading) => hintSources.some((each) => tells(each, reading)),
  things: ({ sources, subjects, readings }, { plan }) => {
    const collectorOf = new Map(sources.map(({ id, collector }) => [id, collector]));
    const listings = readings.filter(({ kinds }) => kinds[CloudAccount.name]?.lists === true);
    const world = {
      collectors: new Set(collectorOf.values()),
      cloudAccounts: new Set(subjects.of(CloudAccount.name).map(({ id }) => id)),
      accountsWhole: listings.length > 0 && listings.every(({ complete }) => complete),
    };
    const found = new Map<string, Found>();
    for (const each of hintSources) {
      const telling = new Set(readings.filter((reading) => tells(each, reading)).map(({ source }) => source));
      for (const subject of subjects.of(each.kind.name)) {
        const { source } = subject;
        if (collectorOf.get(source) !== each.collector || !telling.has(source)) continue;
        for (const hint of each.hints(subject, world)) {
          const key = JSON.stringify([source, hint.id]);
          const before = found.get(key) ?? { source, hints: [], of: [] };
          if (before.hints.every(({ told, unknown }) => told !== hint.told || unknown !== hint.unknown))
            before.hints.push(hint);
          // One thing of a sort that tells of a system is evidence enough: accounts may be a hundred thousand.
          if (before.of.every(({ kind }) => kind !== subject.kind)) before.of.push(subject);
          found.set(key, before);
        }
      }
    }
    return [...found.values()].flatMap(({ source, hints, of }) => {
      // What one thing tells is told, whatever others leave open.
      const first = hints.find(({ unknown: open }) => open === undefined) ?? hints[0];
      if (!first) return [];
      const { id, unknown } = first;
      const covering = plan.systems.flatMap(({ covers = [], state }, n) =>
        covers.some((text) => matches(text, id)) ? [{ n, state }] : [],
      );
      // Who says that it is not there contradicts what tells of it, whatever else is declared.
      const declared = (covering.find(({ state }) => state === 'absent') ?? covering[0])?.n ?? -1;
      const told = [...new Set(hints.map((hint) => hint.told))].slice(0, 3).join('; ');
      return [
        {
          source,
          id,
          fields: { name: id, told, ...stateOf(unknown, first.connected, plan.systems[declared]) },
          of,
          ...(declared >= 0 && { said: [`/systems/${declared}`] }),
        },
      ];
    });
  },
};

function stateOf(
  unknown: string | undefined,
  connected: string | undefined,
  declared: DeclaredSystem | undefined,
): Readonly<Record<'state' | 'basis', unknown>> {
  if (unknown !== undefined) return { state: { unknown }, basis: { unknown } };
  if (declared) {
    const { name, state, source, declaredBy, declaredOn } = declared;
    const read = source === undefined ? '' : `, read by source ${source}`;
    return { state, basis: `${name}${read}, declared by ${declaredBy} on ${declaredOn}` };
  }
  if (connected !== undefined) return { state: 'connected', basis: connected };
  return { state: 'undeclared', basis: 'nobody declared it' };
}
