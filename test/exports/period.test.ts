import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { controlOverParts, need, type Control } from '../../controls/control.ts';
import { fail, pass } from '../../controls/finding.ts';
import { Repository, SignIn } from '../../evidence-model/kinds.ts';
import { History } from '../../exports/history.ts';
import { keepBook } from '../../exports/period/keep-book.ts';
import { workList } from '../../exports/period/work-list.ts';
import type { Night } from '../../scheduler/night.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let night: Night;

beforeEach(async () => {
  clock.set('2026-03-01T12:00:00Z');
  server = await startPlain(['anvil', 'bellows']);
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

async function worksOf(...controls: readonly Control[]) {
  const history = await History.read(bench.vault, { again: true });
  const book = await keepBook(history, controls);
  return workList(book, controls, await history.plan(history.closed.at(-1)!.open), clock.now());
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

describe('what fails', () => {
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
