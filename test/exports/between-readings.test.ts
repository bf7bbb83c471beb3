import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Showing } from '../../controls/between-readings/shown.ts';
import { digest } from '../../evidence-model/digest.ts';
import type { Interval } from '../../evidence-model/coverage.ts';
import { betweenReadings, type Asked } from '../../exports/period/between-readings.ts';
import type { LogTold } from '../../exports/period/log-book.ts';
import { Series, type State } from '../../exports/period/series.ts';
import type { BookNight } from '../../exports/period/time-book.ts';

/*
 * Hand-made weeks: nights at half past two, of one thing and one log. The days are those between the first night and the
 * last, so that a day is covered unless a case says why not.
 */
const hour = 3_600_000;
const start = Date.parse('2026-03-01T00:00:00Z');
const at = (day: number, hours = 2.5) => new Date(start + (day - 1) * 24 * hour + hours * hour).toISOString();
const always: Interval = { from: at(0), to: at(60) };

interface World {
  /** What each night saw of the thing; `null` where nobody read it. */
  readonly states?: readonly (State | null)[];
  /** Nights, from 0, that did not wholly read what the control looks at. */
  readonly partial?: readonly number[];
  readonly byHand?: readonly number[];
  readonly plans?: readonly string[];
  readonly log?: Partial<LogTold> | null;
  readonly showing?: Partial<Showing>;
  readonly happened?: readonly Interval[];
  readonly absent?: (night: number) => boolean;
  readonly lastDay?: number;
}

const watched = { log: 'tenant/log', isShown: (name: string) => name.startsWith('Update'), above: null };
const change = (time: string, name = 'Update policy') => ({ name, first: time, last: time });

function askedOf(world: World): Asked {
  const states = world.states ?? Array.from({ length: 7 }, () => 'pass' as const);
  const series = new Series();
  const nights: BookNight[] = [];
  const missed: string[] = [];
  const whole: [number, number][] = [];
  for (const [n, state] of states.entries()) {
    const due = at(n + 1);
    if (state === null) {
      missed.push(due);
      continue;
    }
    const night = nights.length;
    series.take(night, world.partial?.includes(n) ? 'partly' : 'wholly', [[0, state]]);
    if (!world.partial?.includes(n)) whole.push([night, night]);
    const kind = world.byHand?.includes(n) ? ('manual' as const) : ('scheduled' as const);
    const how = { rehearsal: false, line: night, prev: '', plan: digest(world.plans?.[n] ?? 'plan') };
    nights.push({ slot: due, due, kind, begun: due, at: due, ...how });
  }
  const log = world.log === null ? null : { covered: [always], lacks: [], changes: [], ...world.log };
  return {
    showing: { untold: [], watched: [watched], happens: false, lasts: true, ...world.showing },
    series,
    readings: { nights: whole, happened: world.happened ?? [] },
    logOf: () => log,
    isAbsent: (_, night) => world.absent?.(night) ?? false,
    nights,
    missed,
    days: Array.from({ length: world.lastDay ?? states.length - 1 }, (_, n) => n + 2)
      .slice(0, -1)
      .map((day) => ({ date: at(day).slice(0, 10), from: at(day, 0), to: at(day + 1, 0) })),
  };
}

const told = (world: World) => betweenReadings('tenant', askedOf(world));
/** By day of the month: what is known, with the causes where it is nothing. */
const shown = (world: World) =>
  told(world).days.map(({ from, to, status, because }) =>
    [Number(from.slice(8)), Number(to.slice(8)), status, ...because.map(({ cause }) => cause)].join(' '),
  );

describe('a day is covered', () => {
  test('where every moment of it was read of a log that shows nothing, between readings that say the same', () => {
    expect(shown({})).toEqual(['2 6 covered']);
    expect(told({})).toMatchObject({ daysCovered: 5, daysChanged: 0, daysNotObserved: 0 });
  });

  test('also where the log tells of what is something else', () => {
    expect(shown({ log: { changes: [change(at(3, 9), 'Reset password')] } })).toEqual(['2 6 covered']);
  });

  test('also where an extra reading by hand did not look at all of it', () => {
    expect(
      shown({ byHand: [3], partial: [3], states: ['pass', 'pass', 'pass', 'pass', 'pass', 'pass'] }),
    ).toEqual(['2 5 covered']);
  });
});

describe('a day is changed', () => {
  test('where the log tells that something was, at the times that it tells', () => {
    const changes = [change(at(3, 9)), change(at(3, 23.9)), change(at(5, 0))];
    const { days, daysChanged } = told({ log: { changes } });
    expect(daysChanged).toBe(2);
    expect(
      days.map(({ from, status, changes: these }) => [from, status, these.map(({ first }) => first)]),
    ).toEqual([
      ['2026-03-02', 'covered', []],
      ['2026-03-03', 'changed', [at(3, 9), at(3, 23.9)]],
      ['2026-03-04', 'covered', []],
      ['2026-03-05', 'changed', [at(5, 0)]],
      ['2026-03-06', 'covered', []],
    ]);
    expect(days[1]?.changes[0]).toEqual({ log: 'tenant/log', ...change(at(3, 9)) });
  });

  test('and what readings then say otherwise is explained', () => {
    const states: State[] = ['pass', 'pass', 'pass', 'fail', 'fail', 'fail', 'fail'];
    expect(shown({ states, log: { changes: [change(at(3, 9))] } })).toEqual([
      '2 2 covered',
      '3 3 changed',
      '4 6 covered',
    ]);
  });
});

describe('a day is not observed', () => {
  test('where no log would show it', () => {
    const untold = ['mfaEnabled of account: nobody writes it down', 'name of account: nor that'];
    expect(told({ showing: { untold, watched: [] } })).toMatchObject({
      ...{ daysNotObserved: 5, daysCovered: 0 },
      days: [{ because: untold.map((text) => ({ cause: 'no-log', text })) }],
    });
  });

  test('where the log is not among what is read', () => {
    expect(shown({ log: null })).toEqual(['2 6 not-observed not-due']);
  });

  test.each([
    ['licence', 'not-licensed: the plan lacks it'],
    ['incomplete', 'denied: grant Log: read'],
  ] as const)('where it could not wholly be read: %s', (cause, text) => {
    const covered = [
      { from: at(0), to: at(3, 1.5) },
      { from: at(5, 1.5), to: at(60) },
    ];
    const lacks = [{ from: at(3, 0.5), to: at(4, 1.5), cause, text }];
    expect(shown({ log: { covered, lacks } })).toEqual([
      '2 2 covered',
      `3 5 not-observed ${cause}`,
      '6 6 covered',
    ]);
    const { days } = told({ log: { covered, lacks } });
    expect(days[1]?.because[0]?.text).toBe(
      `tenant/log was not wholly read of ${at(3, 1.5)} to ${at(5, 1.5)}: ${text}`,
    );
  });

  test('where nobody read the log of any moment of it', () => {
    const covered = [
      { from: at(0), to: at(4, 12) },
      { from: at(4, 12.001), to: at(60) },
    ];
    expect(shown({ log: { covered } })).toEqual(['2 3 covered', '4 4 not-observed gap', '5 6 covered']);
  });

  test('where the log tells of a change but not of all the day, and the change is told all the same', () => {
    const log = { covered: [{ from: at(0), to: at(3, 12) }], changes: [change(at(3, 9))] };
    const { days } = told({ log });
    expect(days[1]).toMatchObject({ status: 'not-observed', changes: [{ first: at(3, 9) }] });
  });

  test('around a night that was due and that nobody read, or that did not tell all of it', () => {
    const states: (State | null)[] = ['pass', 'pass', 'pass', null, 'pass', 'pass', 'pass'];
    expect(shown({ states })).toEqual(['2 2 covered', '3 5 not-observed gap', '6 6 covered']);
    expect(shown({ partial: [3] })).toEqual(['2 2 covered', '3 5 not-observed gap', '6 6 covered']);
    states[3] = 'no-data';
    expect(shown({ states })).toEqual(['2 2 covered', '3 5 not-observed gap', '6 6 covered']);
  });

  test('before the first reading and after the last', () => {
    const first: World = { partial: [0, 1, 2] };
    expect(shown(first)).toEqual(['2 4 not-observed no-reading', '5 6 covered']);
    expect(shown({ partial: [5, 6] })).toEqual(['2 4 covered', '5 6 not-observed no-reading']);
    expect(shown({ partial: [0, 1, 2, 3, 4, 5, 6] })).toEqual(['2 6 not-observed no-reading']);
  });

  test('where readings differ and the log is silent, which then does not tell of such changes', () => {
    const states: State[] = ['pass', 'pass', 'pass', 'fail', 'fail', 'fail', 'fail'];
    expect(shown({ states })).toEqual(['2 2 covered', '3 4 not-observed unexplained', '5 6 covered']);
    const came: State[] = ['gone', 'gone', 'gone', 'pass', 'pass', 'pass', 'pass'];
    expect(shown({ states: came })).toEqual(shown({ states }));
    // A line that is of another night explains nothing.
    expect(shown({ states, log: { changes: [change(at(5, 9))] } })).toEqual([
      '2 2 covered',
      '3 4 not-observed unexplained',
      '5 5 changed',
      '6 6 covered',
    ]);
    const plans = ['a', 'a', 'a', 'b', 'b', 'b', 'b'];
    expect(told({ states, plans }).days[1]?.because[0]?.text).toMatch(/set otherwise in between$/);
  });

  test('but a failure that was accepted since is the same one', () => {
    const states: State[] = ['fail', 'fail', 'fail', 'excepted', 'excepted', 'excepted', 'excepted'];
    expect(shown({ states })).toEqual(['2 6 covered']);
  });

  test('while what stands above the source is not declared absent', () => {
    const above = { id: 'an-enterprise', why: 'an enterprise can set it' };
    const showing = { watched: [{ ...watched, above }] };
    expect(shown({ showing })).toEqual(['2 6 not-observed above']);
    expect(shown({ showing, absent: (night) => night >= 3 })).toEqual([
      '2 4 not-observed above',
      '5 6 covered',
    ]);
  });

  test('of what happened, while a moment of it was not judged by any reading', () => {
    const showing = { watched: [], happens: true, lasts: false };
    // What happens comes and goes: that readings differ is no change.
    const states: State[] = ['pass', 'gone', 'fail', 'gone', 'pass', 'gone', 'pass'];
    expect(shown({ showing, states })).toEqual(['2 6 not-observed incomplete']);
    expect(shown({ showing, states, happened: [{ from: at(2, 0), to: at(4, 12) }] })).toEqual([
      '2 3 covered',
      '4 6 not-observed incomplete',
    ]);
  });
});

describe('less evidence', () => {
  const nights = 8;
  const steps = nights * 4;
  /** Most of a world is well, so that there is something to lose. */
  const mostly = <T>(usual: T, ...seldom: readonly T[]) =>
    fc.oneof(
      { weight: 40, arbitrary: fc.constant(usual) },
      ...seldom.map((value) => ({ weight: 1, arbitrary: fc.constant(value) })),
    );
  const each = <T>(length: number, of: fc.Arbitrary<T>) =>
    fc.array(of, { minLength: length, maxLength: length });
  const world = fc.record({
    states: each(nights, mostly<State>('pass', 'fail', 'no-data')),
    read: each(nights, mostly(true, false)),
    partial: fc.uniqueArray(fc.nat(nights - 1), { maxLength: 1 }),
    /** By quarters of days, which were read of the log. */
    covered: each(steps, mostly(true, false)),
    changes: fc.array(fc.nat(steps - 1), { maxLength: 4 }),
    absent: each(nights, mostly(true, false)),
  });
  type Generated = typeof world extends fc.Arbitrary<infer T> ? T : never;

  const daysOf = ({ states, read, partial, covered, changes, absent }: Generated) => {
    const above = { id: 'an-enterprise', why: 'an enterprise can set it' };
    const nightsRead = states.flatMap((_, n) => (read[n] ? [n] : []));
    const found = told({
      states: states.map((state, n) => (read[n] ? state : null)),
      partial,
      lastDay: nights - 1,
      showing: { watched: [{ ...watched, above }] },
      absent: (night) => absent[nightsRead[night] ?? 0] ?? false,
      log: {
        covered: covered.flatMap((each, n) => (each ? [{ from: at(1, n * 6), to: at(1, (n + 1) * 6) }] : [])),
        changes: changes.map((n) => change(at(1, n * 6 + 3))),
      },
    });
    return new Map(
      found.days.flatMap(({ from, to, status }) =>
        Array.from({ length: 1 + (Date.parse(to) - Date.parse(from)) / (24 * hour) }, (_, n) => [
          Date.parse(from) + n * 24 * hour,
          status,
        ]),
      ),
    );
  };

  /** Ways of knowing less. */
  const losses: Readonly<Record<string, (each: Generated, n: number) => Generated>> = {
    'a part of the log is not read': (each, n) => ({
      ...each,
      covered: each.covered.map((read, step) => read && step !== n % steps),
    }),
    'a night is not read': (each, n) => ({
      ...each,
      read: each.read.map((read, night) => read && night !== n % nights),
    }),
    'a night does not read all of it': (each, n) => ({ ...each, partial: [...each.partial, n % nights] }),
    'a line is not in the log': (each, n) => ({
      ...each,
      changes: each.changes.filter((_, line) => line !== n % each.changes.length),
    }),
    'nobody declares that there is nothing above': (each, n) => ({
      ...each,
      absent: each.absent.map((absent, night) => absent && night !== n % nights),
    }),
  };

  test.each(Object.keys(losses))('never covers a day that was not observed: %s', (name) => {
    let covered = 0;
    fc.assert(
      fc.property(world, fc.nat(steps * nights), (generated, n) => {
        const lose = losses[name]!;
        const [before, after] = [daysOf(generated), daysOf(lose(generated, n))];
        for (const [day, status] of before) {
          if (status !== 'not-observed') covered += 1;
          else expect(after.get(day), new Date(day).toISOString()).toBe('not-observed');
        }
      }),
      { numRuns: 500 },
    );
    expect(covered).toBeGreaterThan(200);
  });
});
