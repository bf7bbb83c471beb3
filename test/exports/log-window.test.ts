import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { control, need } from '../../controls/control.ts';
import { fail, pass } from '../../controls/finding.ts';
import { SignIn } from '../../evidence-model/kinds.ts';
import { evidenceListed } from '../../exports/evidence.ts';
import { judge } from '../../exports/judge.ts';
import { Checks } from '../../exports/verify/report.ts';
import { checkRecords } from '../../exports/verify/judge-again.ts';
import type { Archive } from '../../vault/vault.ts';
import type { Night } from '../../scheduler/night.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { Clock, openBench, plain, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

/** A control over what happened: nobody but ada signed in. */
const onlyAda = control({
  id: 'only-ada',
  severity: 'low',
  assertion: 'In the three days up to each reading, nobody but ada signed in.',
  board: 'It is hers.',
  remedy: 'Ask who it was.',
  collectors: ['plain'],
  population: 'sign-ins',
  parameters: z.strictObject({}),
  over: need(SignIn, ['account']),
  related: {},
  days: 3,
  test: (signIn) =>
    signIn.given(['account'], ({ account }) => (account === 'ada' ? pass('it was ada') : fail('it was not'))),
});

const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Night;

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  server = await startPlain(['clean']);
  bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
});

afterEach(async () => {
  await bench.close();
  server.close();
});

async function read(...days: readonly number[]): Promise<void> {
  for (const day of days) {
    clock.set(new Date(Date.UTC(2026, 2, day, 2, 30)).toISOString());
    await tick(night, clock.now());
  }
}

const happened = (id: string, account: string, at: string) =>
  server.events.push({ id, account, at: `2026-03-${at}.000Z` });

const judged = () => judge(bench.vault, { controls: [onlyAda] });

async function result() {
  const [found] = (await judged()).results;
  return {
    status: found!.status,
    subjects: found!.verdicts.map(({ subject }) => subject),
    because: found!.because,
  };
}

test('what happened within the days is judged, whichever night read it, and what happened before is not', async () => {
  happened('early', 'eve', '03T12:00:00');
  happened('first', 'ada', '05T12:00:00');
  happened('second', 'ada', '07T00:00:00');
  await read(2, 3, 4, 5, 6, 7, 8);
  expect(await result()).toEqual({ status: 'pass', subjects: ['first', 'second'], because: [] });
});

test('a failure is found in the night that read it, and goes when its days are over', async () => {
  happened('bad', 'eve', '04T12:00:00');
  await read(5, 6, 7);
  expect(await result()).toMatchObject({ status: 'fail', subjects: ['bad'] });
  await read(8);
  expect(await result()).toMatchObject({ status: 'not-applicable', subjects: [] });
});

test('what was not read of the days is missing, until a later night reads it', async () => {
  happened('first', 'ada', '05T12:00:00');
  server.denied.add('/log');
  await read(5, 6);
  expect((await result()).status).toBe('no-data');
  server.denied.clear();
  await read(7);
  expect(await result()).toMatchObject({ status: 'pass', subjects: ['first'] });
});

test('a night that nobody read is no hole where a later one read its time; one that the source forgot is', async () => {
  happened('first', 'ada', '05T12:00:00');
  await read(4, 7);
  expect(await result()).toMatchObject({ status: 'pass' });
  const forgetful = {
    ...night.setup.sources[0]!,
    datasets: plain.datasets.map((each) => (each.type === 'log' ? { ...each, memoryDays: 1 } : each)),
  };
  night = await bench.night({ setup: setupOf([forgetful]) });
  await read(9);
  const { status, because } = await result();
  expect(status).toBe('no-data');
  expect(because).toEqual([
    'plain-one: plain/sign-ins: it was not wholly read of 2026-03-07T02:15:00.000Z to 2026-03-08T02:30:00.000Z',
  ]);
});

test('what a later night says of the same event takes the place of what an earlier one said', async () => {
  happened('moved', 'eve', '06T02:10:00');
  await read(6);
  server.events[0]!.account = 'ada';
  await read(7, 8);
  expect(await result()).toMatchObject({ status: 'pass', subjects: ['moved'] });
});

test('a packet holds the readings that were judged and no others, and all of them are derived again', async () => {
  happened('first', 'ada', '05T12:00:00');
  await read(2, 3, 4, 5, 6, 7);
  const judgement = await judged();
  expect(judgement.earlier.map(({ slot }) => slot.slice(6, 8))).toEqual(['05', '06']);
  const lines = [];
  for await (const line of bench.vault.ledger()) lines.push(line);
  const { objects, whole } = await evidenceListed(bench.vault, judgement, lines);
  expect(whole).toBe('data/runs/20260307T023000Z/plain-one/1.sha256\n');
  const kept = new Set(objects.values());
  for (const { digest } of judgement.earlier) expect(kept.has(digest!)).toBe(true);
  const checks = new Checks();
  await checkRecords(bench.vault, judgement, checks, [plain]);
  expect(checks.list).toMatchObject([{ ok: true }]);
});

test('whoever has the packet alone comes to the same judgement, also where the log goes back further', async () => {
  happened('first', 'ada', '05T12:00:00');
  await read(2, 3, 4, 5, 6, 7);
  const moved = {
    ...night.setup.sources[0]!,
    scope: { ...night.setup.sources[0]!.scope, tenant: 'another' },
  };
  night = await bench.night({ setup: setupOf([moved]) });
  await read(8);
  const judgement = await judged();
  const lines = [];
  for await (const line of bench.vault.ledger()) lines.push(line);
  const { objects } = await evidenceListed(bench.vault, judgement, lines);
  const kept = new Set(objects.values());
  const { vault } = bench;
  const packed: Archive = {
    get: (object) => (kept.has(object) ? vault.get(object) : Promise.reject(new Error(`no ${object}`))),
    has: (object) => Promise.resolve(kept.has(object)),
    ledger: () => vault.ledger(),
    nameOf: (alias) => vault.nameOf(alias),
    run: (line) => vault.run(line),
  };
  const again = await judge(packed, { controls: [onlyAda] });
  expect(again.results).toEqual(judgement.results);
});
