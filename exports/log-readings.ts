import type { DueDataset, Plan } from '../controls/plan.ts';
import type { Interval } from '../evidence-model/coverage.ts';
import { differing } from '../evidence-model/canonical.ts';
import type { LatePartition } from '../controls/readings.ts';
import type { Snapshot } from '../evidence-model/snapshot.ts';
import type { ClosedNight, History } from './history.ts';
import { attemptsOf, type EarlierReading, type JudgedDataset } from './newest-reading.ts';

const dayMs = 86_400_000;

/**
 * What was read of a log before its newest reading, as far as it reaches into these days before that one's end, oldest
 * first: of each night its last complete attempt, else its last. What was read of another scope is not of this source.
 * Which they are is told by manifests alone: a packet holds no snapshot of any other.
 */
export async function earlierReadings(
  history: History,
  closed: readonly ClosedNight[],
  { id: source, scope }: Plan['sources'][number],
  due: DueDataset,
  newest: JudgedDataset,
  days: number,
): Promise<EarlierReading[]> {
  const to = newest.snapshot?.header.interval?.to;
  if (to === undefined) return [];
  const from = Date.parse(to) - days * dayMs;
  const found: EarlierReading[] = [];
  for (const night of closed) {
    // Nobody asks a log for what has not happened yet.
    if (night.slot === newest.slot || Date.parse(night.close.t) <= from) continue;
    const attempts = await attemptsOf(history, night, source, due.id);
    const chosen = attempts.findLast(({ complete }) => complete) ?? attempts.at(-1);
    if (!chosen || differing(chosen.scope, scope).length > 0) continue;
    if (chosen.covered && Date.parse(chosen.covered.to) <= from) continue;
    const snapshot = await history.snapshot(chosen.digest);
    found.push({
      ...newest,
      slot: night.slot,
      attempt: chosen.attempt,
      digest: chosen.digest,
      snapshot,
      reasons: [],
    });
  }
  return found;
}

/** The parts of time that these readings of a log were wholly read of. */
export function coveredBy(readings: readonly JudgedDataset[]): Interval[] {
  return readings.flatMap(({ snapshot }) => snapshot?.end.covered ?? []);
}

/**
 * The partitions of the newest reading that an earlier one did not ask about: what joined, or was granted since. What was
 * made within the time that is looked at has nothing from before; `parent` is the dataset that names what it is about.
 */
export function latePartitions(
  newest: Snapshot,
  earlier: readonly Snapshot[],
  parent: Snapshot | null,
): LatePartition[] {
  const whole = [...earlier, newest].flatMap(({ end, partitions }) =>
    end.covered ? [{ covered: end.covered, asked: new Set(partitions.map(({ id }) => id)) }] : [],
  );
  const late = newest.partitions.filter(({ id }) => whole.some(({ asked }) => !asked.has(id)));
  if (late.length === 0) return [];
  const since = new Map<string, string>();
  for (const { data } of parent?.records() ?? []) {
    const { createdAt } = data as { readonly createdAt?: unknown };
    if (typeof createdAt === 'string') since.set(data.id, createdAt);
  }
  return late.map(({ id }) => ({
    id,
    since: since.get(id) ?? null,
    covered: whole.flatMap(({ covered, asked }) => (asked.has(id) ? [covered] : [])),
  }));
}
