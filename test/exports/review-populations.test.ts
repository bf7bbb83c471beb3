import { afterEach, beforeEach, expect, test } from 'vitest';
import { Declared } from '../../controls/declared/declared.ts';
import { populationDigest, type ReviewRow } from '../../controls/declared/review.ts';
import { accessReviewCompleted } from '../../controls/rules/access-review-completed.ts';
import { accessReviewRevocationsExecuted } from '../../controls/rules/access-review-revocations-executed.ts';
import { Account } from '../../evidence-model/kinds.ts';
import { evidenceListed } from '../../exports/evidence.ts';
import { History } from '../../exports/history.ts';
import { judge } from '../../exports/judge.ts';
import { populationAt } from '../../exports/review-populations.ts';
import { checkRecords } from '../../exports/verify/judge-again.ts';
import { Checks } from '../../exports/verify/report.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import type { Night } from '../../scheduler/night.ts';
import type { Setup } from '../../scheduler/setup.ts';
import type { Archive } from '../../vault/vault.ts';
import { Clock, openBench, plain, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
const controls = [accessReviewCompleted, accessReviewRevocationsExecuted].map((each) => ({
  ...each,
  collectors: ['plain'],
}));
/** The made-up source, with a dataset that lists its accounts. */
const listing = {
  ...plain,
  datasets: plain.datasets.map((each) =>
    each.id === 'plain/owners'
      ? { ...each, speaks: [{ kind: Account, fields: ['name'], lists: true }] }
      : each,
  ),
};
let names: string[];
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let setup: Setup;
let night: Night;

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  names = ['anvil', 'bellows'];
  server = await startPlain(names);
  const source = { ...sourceAt(server.url), collector: listing, datasets: listing.datasets };
  setup = {
    ...setupOf([source]),
    register: {
      people: [
        {
          id: 'bo',
          name: 'Bo Example',
          accounts: [{ source: 'plain-one', account: 'somebody' }],
          linkedBy: 'An Officer',
          linkedOn: '2026-01-01',
        },
      ],
      services: [],
      federations: [],
      leavers: null,
    },
  };
  bench = await openBench(clock, setup);
  night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
});

afterEach(async () => {
  await bench.close();
  server.close();
});

async function read(day: number): Promise<void> {
  clock.set(new Date(Date.UTC(2026, 2, day, 2, 30)).toISOString());
  await tick(night, clock.now());
}

async function exported(slot: string) {
  const history = await History.read(bench.vault);
  return (await populationAt(history, history.closed, { source: 'plain-one', slot })).population;
}

/** Puts a review of what a slot read on record, with these decisions, from the next night on. */
async function review(slot: string, decisions: readonly ReviewRow['decision'][]): Promise<void> {
  const { rows } = await exported(slot);
  const declared = Declared.parse({
    reviews: [
      {
        id: 'spring',
        source: 'plain-one',
        startedOn: '2026-03-02',
        population: { slot, count: rows.length, digest: populationDigest(rows) },
        signedOffBy: 'An Officer',
        signedOffOn: '2026-03-03',
        rows: rows.map((row, n) => ({
          ...row,
          reviewer: 'Bo Example',
          decision: decisions[n] ?? 'keep',
          decidedOn: '2026-03-02',
        })),
      },
    ],
  });
  night = await bench.night({ setup: { ...setup, declared } });
}

const judged = (archive: Archive = bench.vault) => judge(archive, { controls });
const told = async () =>
  (await judged()).results.map(({ status, verdicts }) => [status, verdicts.map(({ reason }) => reason)]);

test('a review is held against what the vault has of its slot, and what it removed against the newest reading', async () => {
  await read(2);
  await review('20260302T023000Z', ['keep', 'remove']);
  await read(14);
  expect(await told()).toEqual([
    ['pass', ['review spring of 2026-03-02 decided all 2 accounts and was signed off on 2026-03-03']],
    ['fail', ['review spring decided on 2026-03-02 to remove it, and it is still there']],
  ]);
  names.pop();
  await read(15);
  expect(await told()).toMatchObject([
    ['pass', {}],
    ['pass', ['review spring decided on 2026-03-02 to remove it, and it is gone']],
  ]);
});

test('a reading that was not whole is no population', async () => {
  server.denied.add('/things/anvil/owner');
  await read(2);
  expect((await exported('20260302T023000Z')).open).toBe(
    'plain/owners was not wholly read in slot 20260302T023000Z',
  );
  await review('20260302T023000Z', ['keep']);
  server.denied.clear();
  await read(3);
  expect((await told())[0]).toEqual([
    'no-data',
    ['plain/owners was not wholly read in slot 20260302T023000Z'],
  ]);
  expect((await exported('20260309T023000Z')).open).toBe('no slot 20260309T023000Z was read and closed');
});

test('a reading of another scope is no population of the source as it is now', async () => {
  await read(2);
  await review('20260302T023000Z', ['keep', 'keep']);
  const [source] = night.setup.sources;
  const moved = { ...source!, scope: { ...source!.scope, url: 'https://another.example' } };
  night = await bench.night({ setup: { ...night.setup, sources: [moved] } });
  await read(3);
  expect((await told())[0]).toEqual([
    'no-data',
    ['slot 20260302T023000Z read plain-one with another url than is configured now'],
  ]);
});

test('a packet holds the reading that a review went through, and comes to the same judgement alone', async () => {
  await read(2);
  await review('20260302T023000Z', ['keep', 'remove']);
  await read(3);
  await read(14);
  const judgement = await judged();
  expect(judgement.reviewed.map(({ dataset, slot }) => [dataset, slot])).toEqual([
    ['plain/owners', '20260302T023000Z'],
  ]);
  const lines = [];
  for await (const line of bench.vault.ledger()) lines.push(line);
  const { objects } = await evidenceListed(bench.vault, judgement, lines);
  const kept = new Set(objects.values());
  for (const { digest } of judgement.reviewed) expect(kept.has(digest!)).toBe(true);
  const { vault } = bench;
  const packet: Archive = {
    get: (object) =>
      kept.has(object) ? vault.get(object) : Promise.reject(new Error(`${object} is not in it`)),
    has: (object) => Promise.resolve(kept.has(object)),
    ledger: () => vault.ledger(),
    nameOf: (alias) => vault.nameOf(alias),
    run: (line) => vault.run(line),
  };
  expect(JSON.stringify((await judged(packet)).results)).toBe(JSON.stringify(judgement.results));
  const checks = new Checks();
  await checkRecords(packet, judgement, checks, [listing]);
  expect(checks.list).toMatchObject([{ ok: true }]);
});
