import { expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { rollForward } from '../../exports/period/roll-forward.ts';
import { Series, type State } from '../../exports/period/series.ts';
import { TimeBook, type LogEvent } from '../../exports/period/time-book.ts';

const at = (day: number, time = '02:30') => `2026-03-${String(day).padStart(2, '0')}T${time}:00.000Z`;
const days = {
  from: '2026-03-02',
  to: '2026-03-10',
  timeZone: 'UTC',
  begins: at(2, '00:00'),
  ends: at(10, '00:00'),
};

/** A book of nights from the second of March on, in each of which somebody was so; `null` where they were not named. */
function bookOf(
  population: string,
  states: Readonly<Record<string, readonly (State | null)[]>>,
  events: LogEvent[] = [],
) {
  const series = new Series();
  const people = Object.entries(states);
  const nights = people[0]![1].map((_, n) => {
    const due = at(2 + n);
    series.take(
      n,
      'wholly',
      people.flatMap(([, each], thing): [number, State][] => (each[n] ? [[thing, each[n]]] : [])),
    );
    const how = { kind: 'scheduled', plan: digest('plan'), rehearsal: false, line: n, prev: '' } as const;
    return { slot: `2026030${2 + n}T023000Z`, due, begun: due, at: due, ...how };
  });
  return new TimeBook({
    nights,
    things: people.map(([id]) => ({ source: 'tenant', id, name: null })),
    series: [
      {
        id: `population/${population}`,
        source: 'tenant',
        scope: '{}',
        ...series.data,
        reasons: [],
        times: [],
      },
    ],
    results: [],
    events,
  });
}

const ids = (moves: readonly { readonly id: string }[]) => moves.map(({ id }) => id);

test('opening and joined, less left, is closing, and of whom it is not told at either end is in none of these', () => {
  const states = {
    stays: ['present', 'present', 'present', 'present'],
    comes: [null, null, 'present', 'present'],
    goes: ['present', 'unknown', null, null],
    fades: ['present', 'present', 'present', 'unknown'],
    clears: ['unknown', 'present', 'present', 'present'],
    'clears and goes': ['unknown', 'present', 'present', null],
    'there in between': [null, 'present', 'unknown', null],
  } as const;
  const [found] = rollForward(bookOf('users', states), days);
  expect(found?.unclear).toEqual(['fades', 'clears', 'clears and goes']);
  expect([found?.opening?.count, found?.closing?.count]).toEqual([2, 2]);
  expect(ids(found?.joined ?? [])).toEqual(['comes', 'there in between']);
  expect(ids(found?.left ?? [])).toEqual(['goes', 'there in between']);
});

test('who may take on a role does not explain who holds it', () => {
  const event = (activity: string): LogEvent => ({
    ...{ source: 'tenant', id: activity, at: at(2, '12:00'), activity, targets: ['ada'] },
  });
  const explained = (activity: string) => {
    const [found] = rollForward(
      bookOf('administrators', { ada: [null, 'present'] }, [event(activity)]),
      days,
    );
    return [found?.joined[0]?.event?.activity ?? null, found?.unexplained];
  };
  expect(explained('Add eligible member to role')).toEqual([null, ['ada']]);
  for (const activity of [
    'Add member to role requested (PIM activation)',
    'Remove member from role',
    'Add user',
  ])
    expect(explained(activity)).toEqual([null, ['ada']]);
  for (const activity of ['Add member to role', 'Add member to role completed (PIM activation)'])
    expect(explained(activity)).toEqual([activity, []]);
});
