import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyVault } from '../../vault/verify.ts';
import type { Timetable } from '../../scheduler/setup.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from './support.ts';

const timetable: Timetable = {
  daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' },
  graceMinutes: 60,
};
const clock = new Clock('2026-03-02T02:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Awaited<ReturnType<(typeof bench)['night']>>;

beforeEach(async () => {
  clock.set('2026-03-02T02:00:00Z');
  server = await startPlain();
  bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
});

afterEach(async () => {
  expect((await verifyVault(bench.vaultDir)).problems).toEqual([]);
  await bench.close();
  server.close();
});

const at = async (time: string, since = '2026-03-02T02:00:00Z') => {
  clock.set(time);
  return (await tick(night, new Date(since)))?.slot ?? null;
};
const gaps = async () => (await bench.lines('gap')).map(({ slot, reason }) => [slot, reason]);

describe('at an instant', () => {
  test('nothing is read before it is due, and once when it is', async () => {
    expect(await at('2026-03-02T02:29:59Z')).toBeNull();
    expect(await at('2026-03-02T02:30:00Z')).toBe('20260302T023000Z');
    expect(await at('2026-03-02T02:30:10Z')).toBeNull();
    expect(await bench.lines('slot.open')).toHaveLength(1);
    expect(await gaps()).toEqual([]);
  });

  test('a night that is late within its grace is read, once', async () => {
    expect(await at('2026-03-02T03:30:00Z')).toBe('20260302T023000Z');
    expect(await at('2026-03-02T03:30:10Z')).toBeNull();
  });

  test('a night whose grace is over is a gap, once', async () => {
    expect(await at('2026-03-02T03:30:01Z', '2026-03-02T03:30:00Z')).toBeNull();
    expect(await at('2026-03-02T03:30:10Z', '2026-03-02T03:30:00Z')).toBeNull();
    expect(await gaps()).toEqual([['20260302T023000Z', 'not-running']]);
    expect(server.asked).toEqual([]);
  });

  test('of several missed nights the last is made up and the others are gaps, in order and without a hole in the numbers', async () => {
    expect(await at('2026-03-05T02:45:00Z', '2026-03-05T02:40:00Z')).toBe('20260305T023000Z');
    expect(await gaps()).toEqual([
      ['20260302T023000Z', 'not-running'],
      ['20260303T023000Z', 'not-running'],
      ['20260304T023000Z', 'not-running'],
    ]);
    expect((await bench.lines('gap')).map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect((await bench.lines('slot.open')).map(({ seq }) => seq)).toEqual([3]);
  });

  test('a night that fell due while another was read, and is too late, is a gap by overlap', async () => {
    clock.set('2026-03-02T02:30:00Z');
    let open: () => void = () => undefined;
    server.held.set('/things', new Promise<void>((resolve) => (open = resolve)));
    const reading = tick(night, clock.now());
    while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    clock.set('2026-03-03T05:00:00Z');
    open();
    await reading;
    expect(await at('2026-03-03T05:00:00Z')).toBeNull();
    expect(await gaps()).toEqual([['20260303T023000Z', 'overlap']]);
  });

  test('a night that the clock leapt over is a gap by the clock', async () => {
    expect(await at('2026-03-02T02:30:00Z')).toBe('20260302T023000Z');
    expect(await at('2026-03-03T12:00:00Z')).toBeNull();
    expect(await gaps()).toEqual([['20260303T023000Z', 'clock']]);
  });

  test('a clock that goes back does not read a night twice', async () => {
    expect(await at('2026-03-02T02:30:00Z')).toBe('20260302T023000Z');
    expect(await at('2026-03-02T02:00:00Z')).toBeNull();
    expect(await at('2026-03-02T02:30:00Z')).toBeNull();
    expect(await bench.lines('slot.open')).toHaveLength(1);
  });

  test('nights that the clock leapt over are due again when it was set right, each in a slot of its own', async () => {
    expect(await at('2026-03-02T02:30:00Z')).toBe('20260302T023000Z');
    expect(await at('2026-03-05T02:40:00Z')).toBe('20260305T023000Z');
    expect(await at('2026-03-03T02:30:00Z')).toBe('20260303T023000Z-c1');
    expect(await at('2026-03-05T03:40:00Z')).toBeNull();
    expect(await gaps()).toEqual([
      ['20260303T023000Z', 'clock'],
      ['20260304T023000Z', 'clock'],
      ['20260304T023000Z-c1', 'clock'],
      ['20260305T023000Z-c1', 'clock'],
    ]);
    expect(await bench.lines('clock')).toMatchObject([
      { t: '2026-03-03T02:30:00.000Z', before: '2026-03-05T02:40:00.000Z' },
    ]);
  });

  test('what is accounted for stays so when the vault is opened again', async () => {
    await at('2026-03-04T02:30:00Z');
    await bench.reopen();
    night = await bench.night();
    expect(await at('2026-03-04T02:30:10Z')).toBeNull();
    expect(await bench.lines('gap')).toHaveLength(2);
  });
});

describe('the schedule in the ledger', () => {
  test('is due from the next time on, never earlier', async () => {
    expect(await bench.lines('schedule')).toMatchObject([
      { cron: '30 2 * * *', timeZone: 'UTC', firstDue: '2026-03-02T02:30:00.000Z', graceMinutes: 60 },
    ]);
  });

  test('is not written again where it is the same', async () => {
    await recordSchedule(night.book, night.setup, timetable, clock.now());
    expect(await bench.lines('schedule')).toHaveLength(1);
  });

  test('is replaced by another from the moment of the change: nights before it stay due as they were', async () => {
    clock.set('2026-03-03T12:00:00Z');
    const later = { ...timetable, daily: { ...timetable.daily, hour: 14 } };
    await recordSchedule(night.book, night.setup, later, clock.now());
    expect(await at('2026-03-03T14:30:00Z', '2026-03-03T12:00:00Z')).toBe('20260303T143000Z');
    expect(await gaps()).toEqual([
      ['20260302T023000Z', 'not-running'],
      ['20260303T023000Z', 'not-running'],
    ]);
    expect(await at('2026-03-04T02:30:00Z', '2026-03-03T12:00:00Z')).toBeNull();
  });
});
