import { expect, test } from 'vitest';
import type { Interval } from '../../evidence-model/coverage.ts';
import type { Snapshot } from '../../evidence-model/snapshot.ts';
import { latePartitions } from '../../exports/log-readings.ts';
import { snapshotOf } from '../controls/support.ts';

const first = { from: '2026-05-30T00:00:00.000Z', to: '2026-06-10T00:00:00.000Z' };
const second = { from: '2026-06-09T23:00:00.000Z', to: '2026-06-30T00:00:00.000Z' };

/** A reading of a log that was asked for each of these repositories. */
function read(covered: Interval | null, ...repositories: readonly string[]): Snapshot {
  const partitions = Object.fromEntries(repositories.map((id) => [id, 'complete' as const]));
  const snapshot = snapshotOf({ dataset: 'github/deployments', kinds: {}, partitions, records: [] });
  return { ...snapshot, end: { ...snapshot.end, covered } };
}

const repositories = (createdAt: unknown) =>
  snapshotOf({
    dataset: 'github/repositories',
    kinds: { repository: { speaks: ['createdAt'], lists: true } },
    records: [{ kind: 'repository', id: '21', createdAt }],
  });

test('none is late where each reading asked for all of them', () => {
  expect(latePartitions(read(second, '20', '21'), [read(first, '20', '21')], null)).toEqual([]);
  expect(latePartitions(read(second, '20', '21'), [], null)).toEqual([]);
});

test('what joined later was read of its own time alone', () => {
  expect(latePartitions(read(second, '20', '21'), [read(first, '20')], null)).toEqual([
    { id: '21', since: null, covered: [second] },
  ]);
});

test('what was left out once in between was not read of that time', () => {
  const third = { from: second.to, to: '2026-07-01T00:00:00.000Z' };
  const found = latePartitions(read(third, '20', '21'), [read(first, '20', '21'), read(second, '20')], null);
  expect(found).toEqual([{ id: '21', since: null, covered: [first, third] }]);
});

test('what was made since has nothing from before; where that is not told, it may have', () => {
  const made = '2026-06-12T00:00:00.000Z';
  expect(latePartitions(read(second, '21'), [read(first, '20')], repositories(made))[0]?.since).toBe(made);
  const untold = repositories({ unknown: 'GitHub leaves created_at out' });
  expect(latePartitions(read(second, '21'), [read(first, '20')], untold)[0]?.since).toBe(null);
});

test('a reading that was not whole covers nothing, of whichever partition', () => {
  expect(latePartitions(read(second, '20', '21'), [read(null, '20')], null)).toEqual([]);
});
