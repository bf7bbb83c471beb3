import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Declared } from '../../controls/declared/declared.ts';
import type { Work } from '../../exports/period/work-list.ts';
import type { Period } from '../../exports/period/period.ts';
import type { Night } from '../../scheduler/night.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import type { Configuration } from '../../service/config/load.ts';
import { period } from '../../service/views/period.ts';
import { workList } from '../../service/views/work-list.ts';
import { Clock, openBench, plain, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

/* A week of a small organisation, whose things are its repositories, seen by the controls of the program itself. */
const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Night;
let names: string[];

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  names = ['anvil', 'bellows'];
  server = await startPlain(names);
  const source = { ...sourceAt(server.url, 'github-one'), collector: { ...plain, id: 'github' } };
  bench = await openBench(clock, setupOf([source]));
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

const at = (day: number) => `2026-03-0${day}T02:30:00.000Z`;
/** What the views look at. Of the configuration that is the place of the vault alone. */
const seen = () => ({
  configuration: { paths: { vault: bench.vaultDir } } as Configuration,
  archive: bench.vault,
  now: clock.now(),
});

async function shownPeriod(from: string, to: string) {
  const { value, text } = await period(seen(), { from, to });
  return { ...(value as Period), text };
}

describe('show period', () => {
  test('tells each day as its nights were, and who came and went', async () => {
    await read(2, 3);
    names.push('tongs');
    await read(4);
    server.denied.add('/things');
    names.pop();
    await read(5);
    server.denied.clear();
    // Nobody read the sixth.
    await read(7);
    const shown = await shownPeriod('2026-03-03', '2026-03-08');
    expect(shown.nights).toMatchObject({ due: 5, read: 4, byHand: 0 });
    const covered = shown.controls.find(({ control }) => control === 'evidence-coverage-complete');
    expect(covered?.days).toEqual([
      { from: '2026-03-03', to: '2026-03-04', status: 'pass' },
      { from: '2026-03-05', to: '2026-03-05', status: 'fail' },
      { from: '2026-03-06', to: '2026-03-06', status: 'not-observed' },
      { from: '2026-03-07', to: '2026-03-07', status: 'fail' },
    ]);
    expect(shown.rollForward).toMatchObject([
      {
        ...{ population: 'repositories', source: 'github-one' },
        ...{ opening: { at: at(2), count: 2 }, closing: { at: at(7), count: 2 } },
        joined: [{ id: '2', name: 'tongs', after: at(3), by: at(4) }],
        left: [{ id: '2', name: 'tongs', after: at(4), by: at(7), untold: 1 }],
      },
    ]);
    expect(shown.coverage.find(({ dataset }) => dataset === 'plain/things')).toMatchObject({
      ...{ due: 5, complete: 3 },
      gaps: [
        { from: '20260305T023000Z', nights: 1 },
        { from: '20260306T023000Z', nights: 1 },
      ],
    });
    expect(shown.text).toMatch(/4 of 5 nights were read/);
    expect(shown.text).toMatch(/repositories +github-one +2 +1 +1 +2 /);
  });

  test('takes nobody for gone or mended because another place is read under the same name', async () => {
    const source = () => night.setup.sources[0]!;
    await read(2, 3);
    names.push('tongs', 'hammer');
    night = await bench.night({
      setup: setupOf([{ ...source(), scope: { ...source().scope, organization: 'another' } }]),
    });
    await read(4, 5);
    const { rollForward, controls } = await shownPeriod('2026-03-02', '2026-03-06');
    expect(rollForward).toMatchObject([
      { opening: { at: at(2), count: 2 }, closing: { at: at(3), count: 2 }, joined: [], left: [] },
      { opening: { at: at(4), count: 4 }, closing: { at: at(5), count: 4 }, joined: [], left: [] },
    ]);
    const orphans = controls.find(({ control }) => control === 'orphan-accounts-none')!.things;
    const fails = orphans.flatMap(({ id, stretches }) =>
      stretches.map(({ state, latestEnd }) => [id, state, latestEnd]),
    );
    expect(fails).toContainEqual(['owner-of-anvil', 'fail', null]);
    expect(fails.filter(([, state, latestEnd]) => state === 'fail' && latestEnd !== null)).toEqual([]);
  });

  test('tells that what people said was changed, also where as much was said as before, and not who they are', async () => {
    const person = (account: string) => ({
      ...{ id: 'ada', name: 'Ada Example', linkedBy: 'Olga Officer', linkedOn: '2026-01-01' },
      accounts: [{ source: 'github-one', account }],
    });
    const saying = async (register: object, declared: object = {}) => {
      const setup = setupOf([night.setup.sources[0]!]);
      night = await bench.night({
        setup: {
          ...setup,
          register: { ...setup.register, ...register },
          declared: Declared.parse(declared),
        },
      });
    };
    const federation = { source: 'aws-one', provider: 'sso', statedBy: 'Olga Officer' };
    await saying({ people: [person('owner-of-anvil')] });
    await read(2);
    await saying({
      people: [person('owner-of-bellows')],
      federations: [{ ...federation, leadsTo: 'itself', statedOn: '2026-01-01' }],
    });
    await read(3);
    await saying(
      {
        people: [person('owner-of-bellows')],
        federations: [{ ...federation, leadsTo: 'itself', statedOn: '2026-03-03' }],
      },
      { subservices: [{ id: 'mailer', name: 'Mailer' }] },
    );
    await read(4);
    const { changes } = await shownPeriod('2026-03-02', '2026-03-05');
    expect(changes.map(({ slot, what, name }) => [slot.slice(6, 8), what, name])).toEqual([
      ['03', 'register', 'federations'],
      ['03', 'register', 'people'],
      ['04', 'register', 'federations'],
      ['04', 'declared', 'subservices'],
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/Ada Example|Olga Officer|owner-of/);
  });

  test('says what to do where no period is named, or nothing was read in it', async () => {
    await read(2);
    const from = '2026-03-01';
    await expect(period(seen(), {})).rejects.toThrow('give --from and --to');
    await expect(shownPeriod(from, '2026-13-01')).rejects.toThrow('2026-13-01 is no date');
    await expect(shownPeriod(from, from)).rejects.toThrow('holds no day');
    await expect(shownPeriod('2025-03-01', '2025-04-01')).rejects.toThrow('nothing was read from 2025-03-01');
  });
});

describe('show work-list', () => {
  test('tells since when something fails, and until when it is to be mended', async () => {
    await expect(workList(seen(), {})).rejects.toThrow('run exhibit collect');
    await read(2, 3);
    server.denied.add('/log');
    await read(4, 5);
    const { value, text } = await workList(seen(), {});
    const { asOf, works } = value as { readonly asOf: string; readonly works: readonly Work[] };
    expect(asOf).toBe(at(5));
    const covered = works.filter(({ control }) => control === 'evidence-coverage-complete');
    expect(covered).toMatchObject([
      {
        ...{ source: 'exhibit', id: 'github-one plain/sign-ins', severity: 'high' },
        ...{ notBefore: at(3), firstSeen: at(4), lastSeen: at(5), ageDays: 1, fixedBy: null },
        ...{ due: '2026-04-03', overdue: false, acceptedSince: null },
      },
    ]);
    expect(text).toMatch(/^as of 2026-03-05T02:30:00.000Z\n\nseverity +control /);
    expect(text).toMatch(/\nhigh +evidence-coverage-complete .* 2026-04-03/);
  });
});
