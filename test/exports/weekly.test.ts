import { afterEach, beforeEach, expect, test } from 'vitest';
import { weekOf } from '../../evidence-model/cadence.ts';
import { judge } from '../../exports/judge.ts';
import type { Night } from '../../scheduler/night.ts';
import { runManual } from '../../scheduler/run-slot.ts';
import type { Source } from '../../scheduler/setup.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { verifyVault } from '../../vault/verify.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Night;

/** The made-up source with its log due once a week. */
function weekly(url: string): Source {
  const source = sourceAt(url);
  const datasets = source.datasets.map((dataset) =>
    dataset.type === 'log' ? { ...dataset, cadence: 'weekly' as const } : dataset,
  );
  return { ...source, datasets };
}

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  server = await startPlain(['clean']);
  bench = await openBench(clock, setupOf([weekly(server.url)]));
  night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
});

afterEach(async () => {
  expect((await verifyVault(bench.vaultDir)).problems).toEqual([]);
  await bench.close();
  server.close();
});

/** Reads the nights of these days of March 2026, whose second is a Monday, and says on which the log was asked for. */
async function read(...days: readonly number[]): Promise<number[]> {
  const asked: number[] = [];
  for (const day of days) {
    const before = server.asked.length;
    clock.set(new Date(Date.UTC(2026, 2, day, 2, 30)).toISOString());
    await tick(night, clock.now());
    if (server.asked.slice(before).some((path) => path.startsWith('/log'))) asked.push(day);
  }
  return asked;
}

async function logAt(now: string) {
  const { datasets, results } = await judge(bench.vault, { now });
  const { slot, reasons } = datasets.find(({ dataset }) => dataset === 'plain/sign-ins')!;
  const coverage = results
    .find(({ control }) => control === 'evidence-coverage-complete')!
    .verdicts.find(({ subject }) => subject.includes('plain/sign-ins'))!;
  return { slot, reasons: reasons.map(({ text }) => text), coverage: coverage.reason };
}

test('a week begins on Monday, in UTC', () => {
  expect(weekOf('2026-03-01T23:59:59.999Z')).toBe('2026-02-23');
  expect(weekOf('2026-03-02T00:00:00.000Z')).toBe('2026-03-02');
  expect(weekOf('1970-01-01T00:00:00.000Z')).toBe('1969-12-29');
  expect(weekOf('1969-12-28T23:00:00.000Z')).toBe('1969-12-22');
});

test('what is due once a week is read in its first night, and counts until the next', async () => {
  expect(await read(2, 3, 4, 5, 6, 7, 8)).toEqual([2]);
  expect(await logAt('2026-03-08T12:00:00Z')).toMatchObject({ slot: '20260302T023000Z', reasons: [] });
  expect(await read(9, 10)).toEqual([9]);
  expect(await logAt('2026-03-10T12:00:00Z')).toEqual({
    slot: '20260309T023000Z',
    reasons: [],
    coverage: 'wholly read on 2 of 2 nights, longest gap 0',
  });
});

test('where it is refused it is asked for again in each night of the week, until it is read', async () => {
  server.denied.add('/log');
  expect(await read(2, 3)).toEqual([2, 3]);
  expect((await logAt('2026-03-03T12:00:00Z')).coverage).toBe(
    'wholly read on 0 of 1 nights, longest gap 2; last: 20260302T023000Z: denied: answered 403',
  );
  server.denied.clear();
  expect(await read(4, 5, 6, 7, 8)).toEqual([4]);
  expect(await logAt('2026-03-08T12:00:00Z')).toEqual({
    slot: '20260304T023000Z',
    reasons: [],
    coverage: 'wholly read on 1 of 1 nights, longest gap 2',
  });
});

test('a night that nobody read is made up for by a later one of its week', async () => {
  expect(await read(3, 4)).toEqual([3]);
  expect((await logAt('2026-03-04T12:00:00Z')).coverage).toBe('wholly read on 1 of 1 nights, longest gap 1');
});

test('a week that nobody read is a gap, and what was read before it is outdated', async () => {
  await read(2);
  expect(await logAt('2026-03-20T12:00:00Z')).toEqual({
    slot: '20260302T023000Z',
    reasons: ['it was last read at 2026-03-02T02:30:00.000Z, more than 204 hours before'],
    coverage:
      'wholly read on 1 of 3 nights, longest gap 12; last: 20260316T023000Z: no night (the ledger does not speak of it)',
  });
});

test('of a week that began before the thirty days that are looked at, nothing is claimed', async () => {
  const days = Array.from({ length: 44 }, (_, n) => n + 2);
  expect(await read(...days)).toEqual([2, 9, 16, 23, 30, 37, 44]);
  expect((await logAt('2026-04-14T12:00:00Z')).coverage).toBe('wholly read on 5 of 5 nights, longest gap 0');
});

test('somebody who reads by hand reads it too, and the night of its week nevertheless', async () => {
  clock.set('2026-03-01T20:00:00Z');
  await runManual(night, [{ source: night.setup.sources[0]!, dataset: null }]);
  expect(await read(2, 3)).toEqual([2]);
});

test('a night is told by the one that read it, and a plan by nights is not made up for by weeks', async () => {
  server.denied.add('/log');
  night = await bench.night({ setup: setupOf([sourceAt(server.url)]) });
  await read(2, 3);
  server.denied.clear();
  night = await bench.night();
  await read(4);
  const { coverage } = await judge(bench.vault);
  const { nights } = coverage.find(({ dataset }) => dataset === 'plain/sign-ins')!;
  expect(nights.map(({ slot, complete }) => [slot.slice(6, 8), complete])).toEqual([
    ['02', false],
    ['03', false],
    ['04', true],
  ]);
});

test('where somebody read it less well since, by hand, it is due again', async () => {
  expect(await read(2, 3)).toEqual([2]);
  server.denied.add('/log');
  clock.set('2026-03-03T20:00:00Z');
  await runManual(night, [{ source: night.setup.sources[0]!, dataset: null }]);
  server.denied.clear();
  expect(await read(4, 5)).toEqual([4]);
});

test('what was read while the clock was ahead keeps no real night from being read', async () => {
  await read(9);
  clock.set('2026-03-04T12:00:00Z');
  await read(5, 6);
  expect(await read(9)).toEqual([9]);
});

test('read for another scope it is read again', async () => {
  expect(await read(2)).toEqual([2]);
  const other = await startPlain(['clean']);
  night = await bench.night({ setup: setupOf([weekly(other.url)]) });
  clock.set('2026-03-03T02:30:00Z');
  await tick(night, clock.now());
  expect(other.asked.some((path) => path.startsWith('/log'))).toBe(true);
  other.close();
});
