import type { DueDataset, Plan } from '../controls/plan.ts';
import { weekOf } from '../evidence-model/cadence.ts';
import type { Interval } from '../evidence-model/coverage.ts';
import { isLate, putOff } from '../evidence-model/calendar.ts';
import { differing, canonical } from '../evidence-model/canonical.ts';
import { Coverage } from '../evidence-model/kinds.ts';
import { compare, type Subject } from '../evidence-model/subject.ts';
import { slotId } from '../evidence-model/schedule.ts';
import type { History, Night } from './history.ts';

/** The source that stands for what Exhibit knows of its own nights. */
export const own = { id: 'exhibit', collector: 'exhibit' } as const;

/** How far back coverage looks, in days. */
const lookBackDays = 30;

type PlannedSource = Plan['sources'][number];

/** One night of one dataset: whether it was wholly read, or why not. Of what is due once a week, the one that read it, or the first. */
export interface NightOf {
  readonly slot: string;
  readonly due: string;
  readonly complete: boolean;
  readonly shortfall: string;
  /** Of a log that was wholly read: the time that it was asked for, which is mostly a part of what is looked at. */
  readonly covered: Interval | null;
  /** Whether it stands for its week. */
  readonly weekly: boolean;
  /** Of how many nights in a row it says that they lacked the dataset: itself, or those of its week until it was read. */
  readonly lacking: number;
}

/** One dataset of one source, of one scope, over the nights in which it was due, oldest first. */
export interface Covered {
  readonly source: string;
  readonly dataset: string;
  /** Whether the plan that judges still has it. What it was cannot be taken back by renaming or removing it. */
  readonly configured: boolean;
  readonly nights: readonly NightOf[];
}

/** A time at which a night was due: the slots in which it was read, or why there is none. */
export interface Due {
  readonly slot: string;
  readonly due: string;
  readonly read: readonly Night[];
  readonly missed: string;
}

/**
 * Every dataset that was due in a night of the last thirty days, and every one that is due now, with all those nights.
 * Which nights there were follows from the schedules, whether or not the ledger speaks of each.
 */
export function coverageOf(history: History, plan: Plan, until: string): Promise<readonly Covered[]> {
  const from = new Date(Date.parse(until) - lookBackDays * 86_400_000).toISOString();
  return coverageBetween(history, plan, from, until);
}

/** The same of any time after `from`, up to and with `until`. */
export async function coverageBetween(
  history: History,
  plan: Plan,
  from: string,
  until: string,
): Promise<readonly Covered[]> {
  const covered = new Map<string, { source: string; dataset: string; nights: NightOf[] }>();
  const entryOf = ({ id: source, scope }: PlannedSource, dataset: string) => {
    const key = JSON.stringify([source, dataset, canonical(scope)]);
    const entry = covered.get(key) ?? { source, dataset, nights: [] };
    covered.set(key, entry);
    return entry;
  };
  const configured = new Set(
    plan.sources.flatMap((source) => source.datasets.map(({ id }) => entryOf(source, id))),
  );
  const planned = await plansOf(history);
  for (const { slot, due, read, missed } of duesOf(history, from, until)) {
    // Of a week that began before, nobody here knows whether it was read then.
    const inPart = weekOf(due) <= from.slice(0, 10);
    const found = new Map<NightOf[], Came>();
    const weekly = new Set<NightOf[]>();
    const take = (source: PlannedSource, { id, cadence }: DueDataset, came: Came) => {
      const { nights } = entryOf(source, id);
      if (cadence === 'weekly') weekly.add(nights);
      if (found.get(nights)?.shortfall !== '') found.set(nights, came);
    };
    for (const night of read) {
      const sources = night.open ? (await history.plan(night.open)).sources : [];
      const all = await readIn(history, night, sources);
      for (const source of sources)
        for (const dataset of source.datasets)
          take(source, dataset, all.get(`${source.id} ${dataset.id}`) ?? notWhole('it was not read'));
    }
    if (read.length === 0)
      for (const source of expectedAt(history, planned, due))
        for (const dataset of source.datasets) take(source, dataset, notWhole(`no night (${missed})`));
    for (const [nights, { shortfall, covered: interval }] of found) {
      const complete = shortfall === '';
      const night = {
        slot,
        due,
        complete,
        shortfall,
        covered: interval,
        weekly: weekly.has(nights),
        lacking: complete ? 0 : 1,
      };
      if (!night.weekly) nights.push(night);
      else if (!inPart) ofWeek(nights, night);
    }
  }
  return [...covered.values()].map((entry) => ({ ...entry, configured: configured.has(entry) }));
}

/** Notes a night of what is due once a week: a later one counts only where the earlier ones did not read it wholly. */
function ofWeek(nights: NightOf[], night: NightOf): void {
  const before = nights.at(-1);
  if (!before?.weekly || weekOf(before.due) !== weekOf(night.due)) nights.push(night);
  else if (!before.complete)
    nights.splice(-1, 1, { ...(night.complete ? night : before), lacking: before.lacking + night.lacking });
}

/** The nights that were due in an interval, oldest first, and can no longer be begun. */
export function duesOf({ nights, calendar }: History, from: string, until: string): readonly Due[] {
  const end = new Date(until);
  const found = new Map<string, Due>();
  const take = (due: string, how: Partial<Due>) => {
    if (due <= from || due > until) return;
    const before = found.get(due) ?? { slot: slotId(new Date(due)), due, read: [], missed: '' };
    found.set(due, { ...before, ...how });
  };
  const expected = calendar.due(new Date(0), end);
  for (const night of expected)
    if (isLate(night, end)) take(night.due.toISOString(), { missed: 'the ledger does not speak of it' });
  for (const { due } of putOff(expected, end))
    take(due.toISOString(), { missed: 'the timetable was changed before it came' });
  for (const { slot, gap } of nights) if (gap) take(gap.due, { slot, missed: gap.reason });
  for (const night of nights) {
    const { slot, open, close } = night;
    if (open?.kind !== 'scheduled') continue;
    // What is being read just now is no shortfall yet.
    if (close || found.has(open.due))
      take(open.due, { slot, read: [...(found.get(open.due)?.read ?? []), night] });
  }
  return [...found.values()].sort((a, b) => compare(a.due, b.due));
}

interface Planned {
  readonly due: string;
  readonly sources: readonly PlannedSource[];
}

/** What each slot pinned as due, in the order of time. */
async function plansOf(history: History): Promise<readonly Planned[]> {
  const found: Planned[] = [];
  for (const { open } of history.nights)
    if (open) found.push({ due: open.due, sources: (await history.plan(open)).sources });
  return found.sort((a, b) => compare(a.due, b.due));
}

/** A night without a slot pins no plan: its schedule names the sources, and the plan before it, else the next, their datasets. */
function expectedAt(history: History, planned: readonly Planned[], due: string): PlannedSource[] {
  const before = planned.filter((each) => each.due < due).toReversed();
  const nearest = [...before, ...planned.filter((each) => each.due >= due)];
  const scheduled = history.calendar.inForce(new Date(due))?.sources.map((alias) => history.nameOf(alias));
  const ids = scheduled ?? nearest[0]?.sources.map(({ id }) => id) ?? [];
  return ids.flatMap((id) => {
    for (const { sources } of nearest) {
      const source = sources.find((each) => each.id === id);
      if (source) return [source];
    }
    return [];
  });
}

/** What came of a dataset in a night; its shortfall is empty where it was wholly read. */
type Came = Pick<NightOf, 'shortfall' | 'covered'>;

const notWhole = (shortfall: string): Came => ({ shortfall, covered: null });

/** What came of each dataset in a night: of the attempt that read it wholly, else what the last one lacked. */
async function readIn(
  history: History,
  night: Night,
  sources: readonly PlannedSource[],
): Promise<ReadonlyMap<string, Came>> {
  const found = new Map<string, Came>();
  for (const run of night.runs) {
    const { predicate } = await history.manifest(run);
    const scope = sources.find(({ id }) => id === run.source)?.scope ?? {};
    const other = differing(scope, predicate.scope);
    for (const { dataset, outcome, end } of predicate.datasets) {
      const key = `${run.source} ${dataset}`;
      if (found.get(key)?.shortfall === '') continue;
      const why = end.reasons.map(({ text }) => text).join('; ');
      if (other.length > 0)
        found.set(key, notWhole(`it was read with another ${other.join(', ')} than was due`));
      else if (outcome === 'complete') found.set(key, { shortfall: '', covered: end.covered });
      else found.set(key, notWhole(`${outcome}${why === '' ? '' : `: ${why}`}`));
    }
  }
  return found;
}

/** The subjects of the control over Exhibit's own nights: one for each dataset that is or was due, one for each declared system. */
export function coverageSubjects(plan: Plan, coverage: readonly Covered[]): Subject[] {
  const datasets = coverage.map(({ source, dataset, configured, nights }) => {
    const last = nights.findLast(({ complete }) => !complete);
    const id = `${source} ${dataset}`;
    return subject(configured ? id : `${id} until ${nights.at(-1)?.slot ?? ''}`, {
      name: `${dataset} of ${source}`,
      state: configured ? 'connected' : 'former',
      nightsDue: nights.length,
      nightsComplete: nights.filter(({ complete }) => complete).length,
      longestGapNights: longestGap(nights),
      lastShortfall: last ? `${last.slot}: ${last.shortfall}` : 'none',
    });
  });
  // One that is connected is there already, with the datasets of its source.
  const systems = plan.systems
    .filter(({ state }) => state !== 'connected')
    .map(({ id, name, state, declaredBy, declaredOn }) =>
      subject(`system ${id}`, { name, state, declaredBy, declaredOn }),
    );
  return [...datasets, ...systems];
}

function subject(id: string, fields: Readonly<Record<string, unknown>>): Subject {
  return {
    source: own.id,
    kind: Coverage.name,
    id,
    partitions: new Set(),
    fields: new Map(Object.entries(fields).map(([field, value]) => [field, { value, citations: [] }])),
    citations: [],
  };
}

function longestGap(nights: readonly NightOf[]): number {
  let longest = 0;
  let running = 0;
  for (const { complete, lacking } of nights) {
    running += lacking;
    longest = Math.max(longest, running);
    if (complete) running = 0;
  }
  return longest;
}
