import type { Plan } from '../controls/plan.ts';
import { Coverage } from '../evidence-model/kinds.ts';
import type { Subject } from '../evidence-model/subject.ts';
import type { History, Night } from './history.ts';

/** The source that stands for what Exhibit knows of its own nights. */
export const own = { id: 'exhibit', collector: 'exhibit' } as const;

/** How far back coverage looks, in days. */
const lookBackDays = 30;

/** One night of one dataset: whether it was wholly read, or why not. */
export interface NightOf {
  readonly slot: string;
  readonly due: string;
  readonly complete: boolean;
  readonly shortfall: string;
}

/** Every scheduled night of the last thirty days in which a dataset was due, by `source dataset`, oldest first. */
export async function coverageOf(
  history: History,
  plan: Plan,
  asOf: string,
): Promise<ReadonlyMap<string, readonly NightOf[]>> {
  const from = new Date(Date.parse(asOf) - lookBackDays * 86_400_000).toISOString();
  const nights = history.nights.flatMap((night) => {
    const due = night.open?.kind === 'scheduled' ? night.open.due : night.gap?.due;
    return due !== undefined && due <= asOf ? [{ night, due }] : [];
  });
  const covered = new Map<string, NightOf[]>();
  const begun = new Set<string>();
  for (const source of plan.sources)
    for (const { id } of source.datasets) covered.set(`${source.id} ${id}`, []);
  for (const { night, due: at } of nights) {
    const due = night.open ? await history.plan(night.open) : null;
    const read = at > from ? await readIn(history, night) : new Map<string, string>();
    for (const [key, list] of covered) {
      const [source = '', dataset = ''] = key.split(' ');
      const planned = due?.sources.some(
        ({ id, datasets }) => id === source && datasets.some((each) => each.id === dataset),
      );
      // A gap pins no plan: it counts for whatever was due before it, however long before.
      if (due ? planned !== true : !begun.has(key)) continue;
      begun.add(key);
      if (at <= from) continue;
      const shortfall = night.gap ? `no night (${night.gap.reason})` : (read.get(key) ?? 'it was not read');
      list.push({
        slot: night.slot,
        due: at,
        complete: shortfall === '',
        shortfall,
      });
    }
  }
  return covered;
}

/** What came of each dataset in a night: empty where some attempt read it wholly, else what the last one lacked. */
async function readIn(history: History, night: Night): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const run of night.runs) {
    const { predicate } = await history.manifest(run);
    for (const { dataset, outcome, end } of predicate.datasets) {
      const key = `${run.source} ${dataset}`;
      if (found.get(key) === '') continue;
      const why = end.reasons.map(({ text }) => text).join('; ');
      found.set(key, outcome === 'complete' ? '' : `${outcome}${why === '' ? '' : `: ${why}`}`);
    }
  }
  return found;
}

/** The subjects of the control over Exhibit's own nights: one for each dataset that is due, one for each declared system. */
export function coverageSubjects(plan: Plan, coverage: ReadonlyMap<string, readonly NightOf[]>): Subject[] {
  const datasets = plan.sources.flatMap((source) =>
    source.datasets.map(({ id }) => {
      const nights = coverage.get(`${source.id} ${id}`) ?? [];
      const last = nights.findLast(({ complete }) => !complete);
      return subject(`${source.id} ${id}`, {
        name: `${id} of ${source.id}`,
        state: 'connected',
        nightsDue: nights.length,
        nightsComplete: nights.filter(({ complete }) => complete).length,
        longestGapNights: longestGap(nights),
        lastShortfall: last ? `${last.slot}: ${last.shortfall}` : 'none',
      });
    }),
  );
  const systems = plan.systems.map(({ id, name, state, declaredBy, declaredOn }) =>
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
  for (const { complete } of nights) {
    running = complete ? 0 : running + 1;
    longest = Math.max(longest, running);
  }
  return longest;
}
