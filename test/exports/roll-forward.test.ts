import { expect, test } from 'vitest';
import { rollForward } from '../../exports/period/roll-forward.ts';
import { at, bookOf, days, lineOf } from './watching.ts';

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
  const [found] = rollForward(bookOf({ 'population/users': states }), days);
  expect(found?.unclear).toEqual(['fades', 'clears', 'clears and goes']);
  expect([found?.opening?.count, found?.closing?.count]).toEqual([2, 2]);
  expect(ids(found?.joined ?? [])).toEqual(['comes', 'there in between']);
  expect(ids(found?.left ?? [])).toEqual(['goes', 'there in between']);
});

test('who may take on a role does not explain who holds it', () => {
  const explained = (activity: string) => {
    const [found] = rollForward(
      bookOf(
        { 'population/administrators': { ada: [null, 'present'] } },
        { events: [lineOf(activity, at(2, '12:00'), ['ada'])] },
      ),
      days,
    );
    return [found?.joined[0]?.event?.activity ?? null, found?.unexplained];
  };
  expect(explained('Add eligible member to role')).toEqual([null, ['ada']]);
  for (const activity of [
    'Add member to role requested (PIM activation)',
    'Add member to role canceled (PIM activation)',
    'Remove member from role',
    'Add user',
  ])
    expect(explained(activity)).toEqual([null, ['ada']]);
  for (const activity of ['Add member to role', 'Add member to role completed (PIM activation)'])
    expect(explained(activity)).toEqual([activity, []]);
});

test('who owns an organisation is explained by lines about that and by none about another role', () => {
  const explained = (says: 'gained' | 'left', role: string | null, states: readonly ('present' | null)[]) => {
    const events = [lineOf('a line', at(2, '12:00'), ['ada'], { says: [says], role })];
    const [found] = rollForward(bookOf({ 'population/owners': { ada: states } }, { events }), days);
    return found?.unexplained;
  };
  expect(explained('gained', 'owner', [null, 'present'])).toEqual([]);
  expect(explained('gained', '138', [null, 'present'])).toEqual(['ada']);
  expect(explained('left', null, ['present', null])).toEqual([]);
  expect(explained('left', null, [null, 'present'])).toEqual(['ada']);
});
