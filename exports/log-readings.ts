import type { DueDataset, Plan } from '../controls/plan.ts';
import type { Interval } from '../evidence-model/coverage.ts';
import { differing } from '../evidence-model/canonical.ts';
import { readSnapshot } from '../evidence-model/read-snapshot.ts';
import type { ClosedNight, History } from './history.ts';
import { attemptsOf, type EarlierReading, type JudgedDataset } from './newest-reading.ts';

const dayMs = 86_400_000;

/**
 * What was read of a log in other nights than the newest, from these days before that one's end on, oldest first: of each
 * night its last complete attempt, else its last. What was read of another scope is not of this source.
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
    if (night.slot === newest.slot) continue;
    const attempts = await attemptsOf(history, night, source, due.id);
    const chosen = attempts.findLast(({ complete }) => complete) ?? attempts.at(-1);
    // Whoever holds a packet has the manifest of every night, and the snapshots of these alone.
    if (!chosen || Date.parse(chosen.startedAt) <= from || differing(chosen.scope, scope).length > 0)
      continue;
    found.push({
      ...newest,
      slot: night.slot,
      attempt: chosen.attempt,
      digest: chosen.digest,
      snapshot: readSnapshot(await history.archive.get(chosen.digest)),
      reasons: [],
    });
  }
  return found;
}

/** The parts of time that these readings of a log were wholly read of. */
export function coveredBy(readings: readonly JudgedDataset[]): Interval[] {
  return readings.flatMap(({ snapshot }) => snapshot?.end.covered ?? []);
}
