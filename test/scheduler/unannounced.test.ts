import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { coverageOf } from '../../exports/coverage.ts';
import { History } from '../../exports/history.ts';
import { runUnannounced } from '../../scheduler/run-slot.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { isUnannouncedDue } from '../../scheduler/unannounced.ts';
import { verifyVault } from '../../vault/verify.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from './support.ts';

const beatMs = 10_000;
const week = 7 * 86_400_000;
const monday = Date.parse('2026-03-02T00:00:00Z');
const none = { slots: [] };

/** Numbers that look like chance and are the same in each run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The moment of a week, in milliseconds since its Monday, that comes of looking so often. */
function momentOf(random: () => number, everyMs: number): number {
  for (let at = 0; at < week; at += everyMs)
    if (isUnannouncedDue(none, new Date(monday + at), random, everyMs)) return at;
  throw new Error('the week went by');
}

describe('the moment', () => {
  test('comes in every week, on any day alike', () => {
    const random = chances(7);
    const days = [0, 0, 0, 0, 0, 0, 0];
    for (let n = 0; n < 700; n += 1) {
      const day = Math.floor(momentOf(random, 300_000) / 86_400_000);
      days[day] = (days[day] ?? 0) + 1;
    }
    // A hundred on each day, give or take: four times what chance commonly strays by.
    for (const count of days) expect(Math.abs(count - 100)).toBeLessThan(40);
  });

  test('comes before the week is over even where chance never says so', () => {
    expect(momentOf(() => 0.999_999, beatMs)).toBe(week - beatMs);
  });
});

describe('a reading that nobody knew of', () => {
  const clock = new Clock('2026-03-02T01:00:00Z');
  let server: Awaited<ReturnType<typeof startPlain>>;
  let bench: Awaited<ReturnType<typeof openBench>>;
  let night: Awaited<ReturnType<(typeof bench)['night']>>;
  const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
  const isDue = (at: string) => isUnannouncedDue(night.book, new Date(at), () => 0, beatMs);

  beforeEach(async () => {
    clock.set('2026-03-02T01:00:00Z');
    server = await startPlain();
    bench = await openBench(clock, setupOf([sourceAt(server.url)]));
    night = await bench.night();
    await recordSchedule(night.book, night.setup, timetable, clock.now());
  });
  afterEach(async () => {
    await bench.close();
    server.close();
  });

  test('comes once a week, and takes no night', async () => {
    clock.set('2026-03-02T15:04:05Z');
    await tick(night, clock.now());
    expect(isDue('2026-03-02T15:04:05Z')).toBe(true);
    expect(await runUnannounced(night)).toEqual({ slot: '20260302T150405Z-u1', status: 'ok' });
    expect(isDue('2026-03-08T23:59:59Z')).toBe(false);
    expect(isDue('2026-03-09T00:00:00Z')).toBe(true);
    clock.set('2026-03-03T02:30:00Z');
    expect((await tick(night, clock.now()))?.slot).toBe('20260303T023000Z');
    const history = await History.read(bench.vault);
    const last = history.closed.at(-1)!;
    const coverage = await coverageOf(history, await history.plan(last.open), clock.now().toISOString());
    // The night before was missed, and a reading in the afternoon does not make up for it.
    expect(coverage.map(({ nights }) => nights.map(({ complete }) => complete))).toEqual(
      coverage.map(() => [false, true]),
    );
    expect((await verifyVault(bench.vaultDir)).problems).toEqual([]);
  });

  test('is made up for where it was broken off', async () => {
    clock.set('2026-03-02T15:04:05Z');
    const stopped = new AbortController();
    night = await bench.night({ signal: stopped.signal });
    stopped.abort();
    expect((await runUnannounced(night)).status).toBe('interrupted');
    expect(isDue('2026-03-02T15:05:00Z')).toBe(true);
  });
});
