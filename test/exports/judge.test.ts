import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { judge, type Judgement } from '../../exports/judge.ts';
import { startPage } from '../../exports/files/start-page.ts';
import type { Night } from '../../scheduler/night.ts';
import { account } from '../../scheduler/account.ts';
import { runManual } from '../../scheduler/run-slot.ts';
import type { Source, Timetable } from '../../scheduler/setup.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { verifyVault } from '../../vault/verify.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';
import { noHistory } from './packet-of.ts';

const timetable: Timetable = {
  daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' },
  graceMinutes: 60,
};
const clock = new Clock('2026-03-01T12:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let other: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Night;

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  server = await startPlain(['clean']);
  other = await startPlain(['dirty']);
  bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
});

afterEach(async () => {
  expect((await verifyVault(bench.vaultDir)).problems).toEqual([]);
  await bench.close();
  server.close();
  other.close();
});

const march = (day: number, time: string) => `2026-03-${String(day).padStart(2, '0')}T${time}Z`;

/** The night of a day of March 2026, read by whoever reads it. */
async function read(day: number, by: Night = night): Promise<void> {
  clock.set(march(day, '02:30:00'));
  await tick(by, clock.now());
}

async function readByHand(at: string, dataset: string | null = null, by: Night = night): Promise<void> {
  clock.set(at);
  await account(by.book, clock.now(), clock.now());
  const targets = by.setup.sources.map((source) => ({ source, dataset }));
  await runManual(by, targets);
}

const withSources = (...sources: Source[]) => bench.night({ setup: setupOf(sources) });

const coverageIn = ({ results }: Judgement) => {
  const result = results.find(({ control }) => control === 'evidence-coverage-complete')!;
  return {
    status: result.status,
    things: result.verdicts
      .filter(({ subject }) => subject.includes('plain/things'))
      .map(({ subject, status, reason }) => `${subject}: ${status}, ${reason}`),
  };
};

const reasonsOf = ({ datasets }: Judgement, id: string) =>
  datasets.find(({ dataset }) => dataset === id)!.reasons.map(({ text }) => text);

describe('nights that nobody read', () => {
  beforeEach(async () => {
    for (const day of [2, 3, 4]) await read(day);
  });
  const elevenMissed = {
    status: 'fail',
    things: [
      'plain-one plain/things: fail, wholly read on 3 of 14 nights, longest gap 11; last: 20260315T023000Z: no night (not-running)',
    ],
  };

  test('fail the coverage when somebody reads by hand after them', async () => {
    await readByHand('2026-03-15T09:00:00Z');
    expect(coverageIn(await judge(bench.vault))).toEqual(elevenMissed);
    expect(await bench.lines('gap')).toHaveLength(11);
  });

  test('fail it for a reader of now though no line speaks of them, and not in what was judged before them', async () => {
    const now = coverageIn(await judge(bench.vault, { now: '2026-03-15T09:00:00Z' }));
    expect(now.things).toEqual([
      elevenMissed.things[0]!.replace('not-running', 'the ledger does not speak of it'),
    ]);
    expect(coverageIn(await judge(bench.vault)).status).toBe('pass');
  });

  test('are still to come within their grace', async () => {
    expect(coverageIn(await judge(bench.vault, { now: '2026-03-05T03:00:00Z' })).status).toBe('pass');
  });
});

test('nights before the first that was read count for every dataset of the schedule', async () => {
  await read(20);
  expect(coverageIn(await judge(bench.vault)).things).toEqual([
    'plain-one plain/things: fail, wholly read on 1 of 19 nights, longest gap 18; last: 20260319T023000Z: no night (not-running)',
  ]);
});

test('a timetable that is changed again and again before it comes leaves nights out, and that is told', async () => {
  await read(2);
  const at = (hour: number) => ({ ...timetable, daily: { ...timetable.daily, hour } });
  for (let day = 2; day < 10; day += 1) {
    clock.set(march(day, '22:00:00'));
    await recordSchedule(night.book, night.setup, at(12), clock.now());
    clock.set(march(day + 1, '11:00:00'));
    await recordSchedule(night.book, night.setup, at(23), clock.now());
  }
  clock.set('2026-03-10T23:30:00Z');
  await tick(night, clock.now());
  expect(coverageIn(await judge(bench.vault)).things).toEqual([
    'plain-one plain/things: fail, wholly read on 2 of 9 nights, longest gap 7; last: 20260309T023000Z: no night (the timetable was changed before it came)',
  ]);
});

describe('a source', () => {
  test('that is renamed keeps its failed nights', async () => {
    server.denied.add('/things');
    for (const day of [2, 3, 4]) await read(day);
    server.denied.clear();
    const renamed = await withSources(sourceAt(server.url, 'plain-two'));
    await recordSchedule(renamed.book, renamed.setup, timetable, clock.now());
    await read(5, renamed);
    const { things } = coverageIn(await judge(bench.vault));
    expect(things).toEqual([
      'plain-two plain/things: pass, wholly read on 1 of 1 nights, longest gap 0',
      'plain-one plain/things until 20260304T023000Z: fail, wholly read on 0 of 3 nights, longest gap 3; last: 20260304T023000Z: denied: answered 403',
    ]);
  });

  test('that was wholly read and is no longer configured cannot be told', async () => {
    await read(2);
    const renamed = await withSources(sourceAt(server.url, 'plain-two'));
    await recordSchedule(renamed.book, renamed.setup, timetable, clock.now());
    await read(3, renamed);
    expect(coverageIn(await judge(bench.vault))).toMatchObject({
      status: 'no-data',
      things: [
        'plain-two plain/things: pass, wholly read on 1 of 1 nights, longest gap 0',
        'plain-one plain/things until 20260302T023000Z: no-data, it is no longer configured; before, wholly read on 1 of 1 nights, longest gap 0',
      ],
    });
  });

  test('that is another organisation now is not judged by what was read of the one before', async () => {
    await read(2);
    const changed = await withSources(sourceAt(other.url));
    await readByHand('2026-03-02T09:00:00Z', 'plain/sign-ins', changed);
    const judgement = await judge(bench.vault);
    expect(reasonsOf(judgement, 'plain/things')).toEqual([
      'it was read with another url than is configured now: read it again',
    ]);
    expect(reasonsOf(judgement, 'plain/sign-ins')).toEqual([]);
    expect(coverageIn(judgement).things).toEqual([
      'plain-one plain/things: no-data, no scheduled night has been due yet',
      'plain-one plain/things until 20260302T023000Z: no-data, it is no longer configured; before, wholly read on 1 of 1 nights, longest gap 0',
    ]);
  });
});

describe('a clock that was ahead and was set right', () => {
  beforeEach(async () => {
    clock.set('2027-03-02T02:30:00Z');
    await tick(night, new Date('2026-03-01T12:00:00Z'));
  });

  test('what it read has not come yet', async () => {
    const [reason] = reasonsOf(await judge(bench.vault, { now: '2026-03-02T03:00:00Z' }), 'plain/things');
    expect(reason).toBe(
      'it was read at 2027-03-02T02:30:00.000Z, which has not come yet: the clock was ahead',
    );
  });

  test('nights are read again when they are due', async () => {
    for (const day of [2, 3, 4]) await read(day);
    const judgement = await judge(bench.vault, { now: '2026-03-04T03:00:00Z' });
    expect(judgement.datasets.map(({ slot }) => slot)).toContain('20260304T023000Z-c1');
    expect(coverageIn(judgement).things).toEqual([
      'plain-one plain/things: pass, wholly read on 3 of 3 nights, longest gap 0',
    ]);
  });

  test('the same is judged by whoever builds and whoever verifies', async () => {
    await readByHand('2026-03-05T09:00:00Z', 'plain/sign-ins');
    const built = await judge(bench.vault);
    expect(reasonsOf(built, 'plain/things')).toEqual(['it was never read']);
    expect((await judge(bench.vault, { asOf: built.asOf })).results).toEqual(built.results);
  });
});

test('a system is read only where something of it was', async () => {
  const page = async () => {
    const judgement = await judge(bench.vault);
    const packet = {
      judgement,
      id: '0',
      profile: 'soc2-type1',
      frameworks: [],
      checkpoint: { file: '', size: 0, chain: judgement.rules },
      stamps: { slots: [], stamped: [], expected: false },
      authorities: [],
      origin: '',
      packetPrincipal: '',
      exporter: judgement.rules,
      twin: null,
      release: null,
      before: null,
      year: null,
      earlier: null,
      period: null,
      sample: null,
      own: noHistory,
    } as const;
    const [page] = await Array.fromAsync(startPage(packet));
    const text = page!.content.toString();
    return {
      read: /<dt>Systems read<\/dt>\s*<dd>(.*)<\/dd>/.exec(text)![1],
      unread: /<dt>Connected, not read<\/dt>\s*<dd>plain<\/dd>/.test(text),
    };
  };
  for (const path of ['/things', '/log']) server.denied.add(path);
  await read(2);
  expect(await page()).toEqual({ read: 'none', unread: true });
  server.denied.clear();
  await read(3);
  expect(await page()).toEqual({ read: 'plain', unread: false });
});

test('what was read in a rehearsal stays one, whatever is read after it', async () => {
  await read(2, await bench.night({ clock: 'given' }));
  night = await bench.night();
  await readByHand('2026-03-02T09:00:00Z', 'plain/sign-ins');
  expect((await judge(bench.vault)).rehearsal).toBe(true);
});

test('a slot that was closed within the second of --as-of, and after it, is not yet', async () => {
  await readByHand('2026-03-02T09:00:00Z');
  await readByHand('2026-03-02T10:00:00.674Z');
  expect((await judge(bench.vault, { asOf: '2026-03-02T10:00:00Z' })).asOf).toBe('2026-03-02T09:00:00.000Z');
});
