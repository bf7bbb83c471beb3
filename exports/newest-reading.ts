import type { DueDataset, Plan } from '../controls/plan.ts';
import { weekOf, type Cadence } from '../evidence-model/cadence.ts';
import { differing } from '../evidence-model/canonical.ts';
import type { Interval } from '../evidence-model/coverage.ts';
import type { Digest } from '../evidence-model/digest.ts';
import type { Reason } from '../evidence-model/outcome.ts';
import type { Snapshot } from '../evidence-model/snapshot.ts';
import type { ClosedNight, History } from './history.ts';

/** The reading of one dataset that a judgement rests on: of several attempts, the last complete one, else the last. */
export interface JudgedDataset {
  readonly source: string;
  readonly collector: string;
  readonly dataset: string;
  readonly title: string;
  readonly cadence: Cadence;
  /** Null where no attempt was made. */
  readonly slot: string | null;
  readonly attempt: number | null;
  readonly digest: Digest | null;
  readonly snapshot: Snapshot | null;
  /** Why it cannot be relied on as a whole, beside what the snapshot itself says. */
  readonly reasons: readonly Reason[];
}

/** An earlier reading of a log that a judgement rests on beside the newest. */
export type EarlierReading = JudgedDataset & { readonly snapshot: Snapshot; readonly slot: string };

/** Evidence older than so many hours says nothing of now. */
const staleHours: Readonly<Record<Cadence, number>> = { nightly: 36, weekly: 7 * 24 + 36 };

/** Evidence that is younger than this by the clock was read while that was ahead. */
const aheadMinutes = -5;

/** What was read of a dataset in the newest slot in which somebody tried. */
export async function newest(
  history: History,
  closed: readonly ClosedNight[],
  source: Plan['sources'][number],
  due: DueDataset,
  now: string,
): Promise<JudgedDataset> {
  const about = {
    source: source.id,
    collector: source.collector,
    dataset: due.id,
    title: due.title,
    cadence: due.cadence,
  };
  for (const night of closed.toReversed()) {
    const scheduled = night.open.kind === 'scheduled';
    const attempts = await attemptsOf(history, night, source.id, due.id);
    const chosen = attempts.findLast(({ complete }) => complete) ?? attempts.at(-1);
    if (!chosen && !(scheduled && (await wasDue(history, closed, night, source.id, due)))) continue;
    if (!chosen)
      return {
        ...about,
        slot: night.slot,
        attempt: null,
        digest: null,
        snapshot: null,
        reasons: [notRead(`it was due in slot ${night.slot} and not read`)],
      };
    const snapshot = await history.snapshot(chosen.digest);
    return {
      ...about,
      slot: night.slot,
      attempt: chosen.attempt,
      digest: chosen.digest,
      snapshot,
      reasons: unreliable(snapshot, source, due, now),
    };
  }
  return {
    ...about,
    slot: null,
    attempt: null,
    digest: null,
    snapshot: null,
    reasons: [notRead('it was never read')],
  };
}

/** What keeps a reading from speaking of the source as it is configured, at this moment. */
function unreliable(
  { header }: Snapshot,
  { scope }: Plan['sources'][number],
  { cadence }: DueDataset,
  now: string,
): Reason[] {
  const { startedAt } = header;
  const hours = staleHours[cadence];
  const minutes = (Date.parse(now) - Date.parse(startedAt)) / 60_000;
  const other = differing(header.scope, scope);
  const texts = [
    ...(minutes > hours * 60 ? [`it was last read at ${startedAt}, more than ${hours} hours before`] : []),
    ...(minutes < aheadMinutes
      ? [`it was read at ${startedAt}, which has not come yet: the clock was ahead`]
      : []),
    ...(other.length > 0
      ? [`it was read with another ${other.join(', ')} than is configured now: read it again`]
      : []),
  ];
  return texts.map((text) => ({ code: 'outdated', text, grant: [] }));
}

/**
 * A dataset that was asked for each item of another speaks of the items of that reading, and of no later one's. A log
 * that is due once a week says up to when it goes, and means what there was then.
 */
export function withParent(judged: JudgedDataset, all: readonly JudgedDataset[]): JudgedDataset {
  const each = judged.snapshot?.header.each ?? null;
  if (each === null || judged.cadence === 'weekly') return judged;
  const parent = all.find(({ source, dataset }) => source === judged.source && dataset === each);
  if (parent?.slot === judged.slot && parent.attempt === judged.attempt) return judged;
  const text = `it was asked for what ${each} named in another reading than the one that counts now: read both again`;
  return { ...judged, reasons: [...judged.reasons, { code: 'parent-incomplete', text, grant: [] }] };
}

/** Whether a night that did not try should have: of what is due once a week, only until it was wholly read. */
async function wasDue(
  history: History,
  closed: readonly ClosedNight[],
  { open }: ClosedNight,
  source: string,
  { id: dataset, cadence }: DueDataset,
): Promise<boolean> {
  const plan = await history.plan(open);
  if (!plan.sources.some(({ id, datasets }) => id === source && datasets.some((due) => due.id === dataset)))
    return false;
  if (cadence === 'nightly') return true;
  for (const night of closed) {
    const before = night.open.kind === 'scheduled' && night.open.due < open.due;
    if (!before || weekOf(night.open.due) !== weekOf(open.due)) continue;
    const attempts = await attemptsOf(history, night, source, dataset);
    if (attempts.some(({ complete }) => complete)) return false;
  }
  return true;
}

interface Attempt {
  readonly attempt: number;
  readonly digest: Digest;
  readonly complete: boolean;
  readonly scope: Readonly<Record<string, unknown>>;
  /** Of a log: what was wholly read. */
  readonly covered: Interval | null;
}

/** The attempts of a night at one dataset. */
export async function attemptsOf(
  history: History,
  night: ClosedNight,
  source: string,
  dataset: string,
): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const run of night.runs.filter((each) => each.source === source)) {
    const { predicate } = await history.manifest(run);
    const read = predicate.datasets.find((each) => each.dataset === dataset);
    if (read)
      attempts.push({
        attempt: run.line.attempt,
        digest: read.snapshot,
        complete: read.outcome === 'complete',
        scope: predicate.scope,
        covered: read.end.covered,
      });
  }
  return attempts;
}

function notRead(text: string): Reason {
  return { code: 'not-asked', text, grant: [] };
}
