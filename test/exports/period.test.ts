import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { control, controlOverParts, need, type Control } from '../../controls/control.ts';
import { fail, notApplicable, pass } from '../../controls/finding.ts';
import { digest } from '../../evidence-model/digest.ts';
import { Repository, SignIn } from '../../evidence-model/kinds.ts';
import { History } from '../../exports/history.ts';
import { keepBook } from '../../exports/period/keep-book.ts';
import { daysOf } from '../../exports/period/calendar-days.ts';
import { periodOf } from '../../exports/period/period.ts';
import { workList } from '../../exports/period/work-list.ts';
import type { Night } from '../../scheduler/night.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Night;
/** What the server calls its things; each keeps its number. */
let names: string[];

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  names = ['anvil', 'bellows'];
  server = await startPlain(names);
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

/** When the slot of a day was closed. */
async function closed(day: number): Promise<string> {
  const lines = await bench.lines('slot.close');
  return lines.find(({ slot }) => slot.startsWith(`202603${String(day).padStart(2, '0')}`))?.t ?? 'never';
}

async function worksOf(...controls: readonly Control[]) {
  const history = await History.read(bench.vault, { again: true });
  const book = await keepBook(history, controls);
  return workList(book, controls, await history.plan(history.closed.at(-1)!.open), clock.now());
}

/** What a period says of a control. */
async function over(control: Control, from: string, to: string) {
  const history = await History.read(bench.vault, { again: true });
  const book = await keepBook(history, [control]);
  const found = await periodOf(history, book, daysOf(history, from, to), digest('rules'), [control]);
  return found.controls[0];
}

const texts = {
  severity: 'high',
  assertion: 'At each reading, nothing was wrong.',
  board: 'It matters.',
  remedy: 'Mend it.',
  collectors: ['plain'],
  population: 'things',
  parameters: z.strictObject({}),
} as const;

/** No thing is called bellows. */
const noBellows = control({
  ...texts,
  id: 'no-bellows',
  over: need(Repository, ['name']),
  related: {},
  test: (thing) =>
    thing.given(['name'], ({ name }) => (name === 'bellows' ? fail('it is bellows') : pass('it is none'))),
});

test('what a control is not about is not told to have passed', async () => {
  const notBellows = control({
    ...texts,
    id: 'not-bellows',
    over: need(Repository, ['name']),
    related: {},
    test: (thing) =>
      thing.given(['name'], ({ name }) =>
        name === 'bellows' ? notApplicable('it is bellows') : pass('well'),
      ),
  });
  await read(2, 3);
  expect(await over(notBellows, '2026-03-02', '2026-03-04')).toMatchObject({
    ...{ always: 1, notConcerned: 1, things: [] },
  });
});

describe('what fails', () => {
  test('is not mended by being accepted', async () => {
    await read(2);
    const said = { owner: 'Ada Example', approver: 'Olga Officer', reason: 'It goes soon' };
    const exceptions = [
      {
        ...{ id: 'x-1', control: 'no-bellows', subjects: ['1'], class: 'old tool', ...said },
        ...{ safeguard: { text: 'a lock' }, start: '2026-03-01', end: '2026-03-31' },
      },
    ];
    night = await bench.night({ setup: { ...setupOf([sourceAt(server.url)]), exceptions } });
    await read(3);
    expect(await worksOf(noBellows)).toMatchObject([
      { id: '1', fixedBy: null, acceptedSince: await closed(3), owner: 'Ada Example', overdue: false },
    ]);
    names[1] = 'tongs';
    await read(4);
    expect(await worksOf(noBellows)).toMatchObject([
      {
        firstSeen: await closed(2),
        lastSeen: await closed(2),
        fixedBy: await closed(4),
        acceptedSince: null,
      },
    ]);
  });

  test('stands in a period in which nobody could tell whether it did, and not in one before which it was mended', async () => {
    await read(2, 3);
    server.denied.add('/things');
    await read(4, 5);
    const denied = await over(noBellows, '2026-03-04', '2026-03-06');
    expect(denied?.days).toMatchObject([{ status: 'incomplete' }]);
    expect(denied?.things.find(({ id }) => id === '1')?.stretches).toMatchObject([
      { state: 'fail', last: await closed(3), latestEnd: null, reason: 'it is bellows' },
      { state: 'unknown' },
    ]);
    server.denied.clear();
    names[1] = 'tongs';
    await read(6, 7);
    expect(await over(noBellows, '2026-03-07', '2026-03-08')).toMatchObject({ always: 2, things: [] });
  });

  test('may have begun as soon as it was read to be well, and not only when that slot was closed', async () => {
    names[1] = 'tongs';
    const held = Promise.withResolvers<void>();
    server.held.set('/log', held.promise);
    const reading = read(2);
    await vi.waitFor(() => {
      expect(server.asked).toContain('/things/tongs/owner');
    });
    names[1] = 'bellows';
    clock.set('2026-03-02T03:20:00Z');
    held.resolve();
    await reading;
    await read(3);
    expect(await closed(2)).toBe('2026-03-02T03:20:00.000Z');
    expect(await worksOf(noBellows)).toMatchObject([
      { notBefore: '2026-03-02T02:30:00.000Z', firstSeen: await closed(3) },
    ]);
  });

  test('is on the work list also where something of another kind is called alike and passes', async () => {
    // The source numbers its things and its sign-ins by themselves: both have a 0.
    server.events.push({ id: '0', account: 'eve', at: '2026-03-01T20:00:00.000Z' });
    const order = (id: string, strangersFirst: boolean) =>
      controlOverParts({
        ...texts,
        id,
        parts: (part) => {
          const strangers = part({
            over: need(SignIn, ['account']),
            related: {},
            test: () => fail('it was a stranger'),
          });
          const things = part({ over: need(Repository, ['name']), related: {}, test: () => pass('well') });
          return strangersFirst ? [strangers, things] : [things, strangers];
        },
      });
    await read(2);
    const works = await worksOf(order('first', true), order('last', false));
    expect(works.map(({ control, id, reason }) => [control, id, reason])).toEqual([
      ['first', '0', 'it was a stranger'],
      ['last', '0', 'it was a stranger'],
    ]);
  });
});
