import type { Plan } from '../controls/plan.ts';
import type { ReviewPopulation } from '../controls/declared/review.ts';
import { Account } from '../evidence-model/kinds.ts';
import { differing } from '../evidence-model/canonical.ts';
import { joinSubjects } from '../evidence-model/subject.ts';
import type { ClosedNight, History } from './history.ts';
import { attemptsOf, type EarlierReading } from './newest-reading.ts';

type Scope = Readonly<Record<string, unknown>>;

export interface PopulationRead {
  readonly population: ReviewPopulation;
  readonly readings: readonly EarlierReading[];
}

/** Everybody with an account at a source, of this scope where one is named, as one slot read it: of each dataset that lists accounts its last complete attempt, else its last. */
export async function populationAt(
  history: History,
  closed: readonly ClosedNight[],
  { source, slot, scope }: Pick<ReviewPopulation, 'source' | 'slot'> & { readonly scope?: Scope },
): Promise<PopulationRead> {
  const none = (open: string): PopulationRead => ({
    population: { source, slot, readOn: null, datasets: [], rows: [], open, of: [] },
    readings: [],
  });
  const night = closed.find((each) => each.slot === slot);
  if (!night) return none(`no slot ${slot} was read and closed`);
  const plan = await history.plan(night.open);
  const planned = plan.sources.find(({ id }) => id === source);
  const listing = planned?.datasets.filter(({ kinds }) => kinds[Account.name]?.lists === true) ?? [];
  if (!planned || listing.length === 0)
    return none(`nothing that lists accounts of ${source} was due in slot ${slot}`);
  const other = scope === undefined ? [] : differing(planned.scope, scope);
  if (other.length > 0)
    return none(`slot ${slot} read ${source} with another ${other.join(', ')} than is configured now`);
  const readings: EarlierReading[] = [];
  const open: string[] = [];
  for (const due of listing) {
    const attempts = await attemptsOf(history, night, source, due.id);
    const chosen = attempts.findLast(({ complete }) => complete) ?? attempts.at(-1);
    if (!chosen?.complete) open.push(`${due.id} was not wholly read in slot ${slot}`);
    if (!chosen) continue;
    readings.push({
      source,
      collector: planned.collector,
      dataset: due.id,
      title: due.title,
      cadence: due.cadence,
      slot,
      attempt: chosen.attempt,
      digest: chosen.digest,
      snapshot: await history.snapshot(chosen.digest),
      reasons: [],
    });
  }
  const of = joinSubjects(
    readings.map(({ snapshot }) => snapshot),
    new Set([Account.name]),
  ).of(Account.name);
  const rows = of.map(({ id, fields }) => {
    const name = fields.get('name')?.value;
    return { subject: id, name: typeof name === 'string' ? name.trim() : '' };
  });
  const readOn = night.close.t.slice(0, 10);
  const datasets = listing.map(({ id }) => id);
  return {
    population: {
      source,
      slot,
      readOn,
      datasets,
      rows,
      open: open.length === 0 ? null : open.join('; '),
      of,
    },
    readings,
  };
}

/** Whom the reviews of a plan went through, each reading once. */
export async function populationsOf(
  history: History,
  closed: readonly ClosedNight[],
  { sources, declared: { reviews } }: Plan,
): Promise<readonly PopulationRead[]> {
  const wanted = new Map(
    reviews.map(({ source, population: { slot } }) => [JSON.stringify([source, slot]), { source, slot }]),
  );
  const found: PopulationRead[] = [];
  for (const each of wanted.values()) {
    const scope = sources.find(({ id }) => id === each.source)?.scope ?? {};
    found.push(await populationAt(history, closed, { ...each, scope }));
  }
  return found;
}
