import { expect, test } from 'vitest';
import { movers } from '../../exports/period/movers.ts';
import { at, bookOf, days, lineOf } from './watching.ts';

const moved = (...of: Parameters<typeof bookOf>) =>
  movers(bookOf(...of), days).map(({ id, what, from, to, after, by, untold, event }) => [
    ...[id, what, from, to, after, by, untold],
    event?.at ?? null,
  ]);

test('whoever works elsewhere than the last reading that told it moved in between, and nobody else did', () => {
  const states = {
    stays: ['=Sales', '=Sales', '=Sales'],
    moves: ['=Sales', '=Finance', '=Finance'],
    'moves twice': ['=Sales', '=Finance', '=Sales'],
    'is named none': ['=Sales', '=none', '=none'],
    comes: [null, '=Sales', '=Sales'],
    goes: ['=Sales', null, null],
    'goes and comes back elsewhere': ['=Sales', null, '=Finance'],
    'is not told at first': ['unknown', '=Sales', '=Sales'],
    'is not told in between': ['=Sales', 'unknown', '=Finance'],
    'is not told in between and stays': ['=Sales', 'unknown', '=Sales'],
    'is called like what is not known': ['=unknown', '=gone', '=unknown'],
  } as const;
  expect(moved({ 'trait/department': states })).toEqual([
    ['moves', 'department', 'Sales', 'Finance', at(2), at(3), 0, null],
    ['moves twice', 'department', 'Sales', 'Finance', at(2), at(3), 0, null],
    ['is named none', 'department', 'Sales', 'none', at(2), at(3), 0, null],
    ['is called like what is not known', 'department', 'unknown', 'gone', at(2), at(3), 0, null],
    ['moves twice', 'department', 'Finance', 'Sales', at(3), at(4), 0, null],
    ['is not told in between', 'department', 'Sales', 'Finance', at(2), at(4), 1, null],
    ['is called like what is not known', 'department', 'gone', 'unknown', at(3), at(4), 0, null],
  ]);
});

test('the log of the directory says when, where a line in between says that just this was changed', () => {
  const timeOf =
    (...properties: readonly string[]) =>
    (when: string, target: string) =>
      moved(
        { 'trait/jobTitle': { ada: ['=Clerk', '=Clerk', '=Head'] } },
        { events: [lineOf('Update user', when, [target], { properties })] },
      )[0]?.at(-1);
  const [noon, early] = [at(3, '12:00'), at(2, '12:00')];
  expect(timeOf('JobTitle')(noon, 'ada')).toBe(noon);
  expect(timeOf('JobTitle')(early, 'ada')).toBeNull();
  expect(timeOf('JobTitle')(noon, 'bo')).toBeNull();
  expect(timeOf('Department')(noon, 'ada')).toBeNull();
});

test('what was so before the period moves nobody in it', () => {
  const book = bookOf({ 'trait/department': { ada: ['=Sales', '=Finance', '=Finance', '=Care'] } });
  const later = { ...days, from: '2026-03-04', begins: at(4, '00:00') };
  expect(movers(book, later).map(({ from, to }) => [from, to])).toEqual([['Finance', 'Care']]);
  const earlier = { ...days, to: '2026-03-05', ends: at(5, '00:00') };
  expect(movers(book, earlier).map(({ from, to }) => [from, to])).toEqual([['Sales', 'Finance']]);
});
