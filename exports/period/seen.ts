import { Role } from '../../evidence-model/kinds.ts';
import type { JudgedNight } from '../judge-night.ts';
import { populations, type Population } from './populations.ts';
import { pairOf, privileges, roleCalled, type Privilege } from './privileges.ts';
import type { State } from './series.ts';
import type { Things } from './things.ts';
import { traits, type Trait } from './traits.ts';
import type { Watched } from './watched.ts';

/** In which states a night saw what is watched, and whether what it does not name is not there. */
export interface Seen {
  readonly states: ReadonlyMap<number, State>;
  readonly isWhole: boolean;
}

/** Everything that is told of besides results, by the name of its series, and how a night sees it at a source. */
export const everythingWatched: readonly {
  readonly id: string;
  readonly watched: Watched;
  readonly seen: (things: Things, source: string, judged: JudgedNight) => Seen;
}[] = [
  ...populations.map((each) => ({
    id: `population/${each.id}`,
    watched: each,
    seen: (...of: Of) => membersOf(each, ...of),
  })),
  ...traits.map((each) => ({
    id: `trait/${each.id}`,
    watched: each,
    seen: (...of: Of) => valuesOf(each, ...of),
  })),
  ...privileges.map((each) => ({
    id: `privilege/${each.id}`,
    watched: each,
    seen: (...of: Of) => holdersOf(each, ...of),
  })),
];

type Of = readonly [things: Things, source: string, judged: JudgedNight];

function membersOf({ kind, member }: Population, ...[things, source, judged]: Of): Seen {
  const states = new Map<number, State>();
  for (const subject of judged.subjects.of(kind)) {
    if (subject.source !== source) continue;
    const { id: of, is } = member(subject, judged.plan);
    if (is === false) continue;
    const name = subject.fields.get('name')?.value;
    const thing = things.numberOf({
      source,
      id: of,
      name: of === subject.id && typeof name === 'string' ? name : null,
    });
    // Whoever is one by one of several facts is one.
    if (is || !states.has(thing)) states.set(thing, is ? 'present' : 'unknown');
  }
  return { states, isWhole: true };
}

function valuesOf({ kind, tells }: Trait, ...[things, source, judged]: Of): Seen {
  const states = new Map<number, State>();
  for (const subject of judged.subjects.of(kind)) {
    if (subject.source !== source) continue;
    const [name, value] = ['name', tells].map((field) => subject.fields.get(field)?.value);
    const called = typeof name === 'string' ? name : null;
    const thing = things.numberOf({ source, id: subject.id, name: called });
    states.set(thing, typeof value === 'string' ? `=${value}` : 'unknown');
  }
  return { states, isWhole: true };
}

function holdersOf({ kind, held }: Privilege, ...[things, source, judged]: Of): Seen {
  const states = new Map<number, State>();
  const roles = new Set<string>();
  let isWhole = true;
  for (const subject of judged.subjects.of(kind)) {
    if (subject.source !== source) continue;
    const found = held(subject);
    // Of whom it is not told what they have they may have whatever they had.
    if (found === null) isWhole = false;
    if (found === null || found === 'none') continue;
    things.numberOf({ source, id: found.account, name: found.name });
    roles.add(found.role);
    states.set(things.numberOf({ source, id: pairOf(found), name: null }), 'present');
  }
  for (const { source: of, id, fields } of roles.size === 0 ? [] : judged.subjects.of(Role.name)) {
    const name = fields.get('name')?.value;
    if (of === source && roles.has(id) && typeof name === 'string')
      things.numberOf({ source, id: roleCalled(id), name });
  }
  return { states, isWhole };
}
