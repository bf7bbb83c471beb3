import type { DueDataset, Plan } from '../controls/plan.ts';
import type { Interval } from '../evidence-model/coverage.ts';
import { differing } from '../evidence-model/canonical.ts';
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
