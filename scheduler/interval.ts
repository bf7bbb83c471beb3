import type { Interval, LogDataset } from '../collectors/dataset.ts';
import { differing } from '../evidence-model/canonical.ts';
import { cursor } from '../evidence-model/coverage.ts';
import type { Book } from './book.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * The event time that each log must be asked for: from what is not covered yet, as far as the source remembers, up to
 * what has settled. Only what earlier runs of the same scope wholly read counts as covered, so a partial night is asked
 * for again; what was read while the clock was ahead covers nothing.
 */
export async function intervalsOf(
  book: Book,
  { alias, scope }: { readonly alias: string; readonly scope: Readonly<Record<string, unknown>> },
  logs: readonly LogDataset[],
  now: Date,
): Promise<ReadonlyMap<string, Interval>> {
  if (logs.length === 0) return new Map();
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString();
  const oldest = before(Math.max(...logs.map(({ memoryDays }) => memoryDays)) * dayMs);
  const covered = new Map<string, Interval[]>(logs.map(({ id }) => [id, []]));
  for (const { runs } of book.slots)
    for (const line of runs) {
      if (line.source !== alias || line.t < oldest || book.isAhead(line)) continue;
      const manifest = await book.manifest(line);
      if (!manifest || differing(scope, manifest.predicate.scope).length > 0) continue;
      for (const { dataset, end } of manifest.predicate.datasets)
        if (end.covered && Date.parse(end.covered.to) <= now.getTime())
          covered.get(dataset)?.push(end.covered);
    }
  return new Map(
    logs.map(({ id, memoryDays, settleMinutes }) => {
      const settleMs = settleMinutes * minuteMs;
      const from = cursor(before(memoryDays * dayMs), covered.get(id) ?? [], settleMs);
      return [id, { from, to: before(settleMs) }];
    }),
  );
}
