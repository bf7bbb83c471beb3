import { expect, test } from 'vitest';
import { privilegeChanges } from '../../exports/period/privilege-changes.ts';
import { pairOf, roleCalled } from '../../exports/period/privileges.ts';
import { at, bookOf, days, lineOf } from './watching.ts';

const pair = (account: string, role: string) => pairOf({ account, name: null, role, scope: '/' });
const names = { ada: 'ada@larkspur.example', [roleCalled('r-1')]: 'User Administrator' };

/** What is told of roles that are held, of nights in which these pairs are. */
function changed(
  states: Readonly<Record<string, readonly ('present' | 'unknown' | null)[]>>,
  ...events: Parameters<typeof lineOf>[]
) {
  const lines = events.map((each) => lineOf(...each));
  const book = bookOf({ 'privilege/directory-role': states }, { events: lines, names });
  return privilegeChanges(book, days).map(({ change, told, account, role, after, by, untold, event }) => ({
    ...{ change, told, account, role, after, by, untold, at: event?.at ?? null },
  }));
}

const noon = at(3, '12:00');
const gained = {
  change: 'gained',
  told: 'by-readings',
  account: 'ada',
  role: 'User Administrator',
  untold: 0,
};

test('who holds a role and did not at the reading before gained it in between', () => {
  const [one, two] = [pair('ada', 'r-1'), pair('bo', 'r-2')];
  const always = ['present', 'present', 'present', 'present'] as const;
  expect(changed({ [one]: [null, null, 'present', 'unknown', null], [two]: ['unknown', ...always] })).toEqual(
    [
      { ...gained, after: at(3), by: at(4), at: null },
      { ...gained, change: 'lost', after: at(4), by: at(6), untold: 1, at: null },
    ],
  );
});

test('how it is had, and who it is, is told in words', () => {
  const book = bookOf({ 'privilege/directory-role': { [pair('ada', 'r-1')]: [null, 'present'] } }, { names });
  expect(privilegeChanges(book, days)).toMatchObject([
    { how: 'holds the directory role', name: 'ada@larkspur.example', role: 'User Administrator', scope: '/' },
  ]);
});

test('the log says when, where one line and no other may be about it', () => {
  const states = { [pair('ada', 'r-1')]: [null, null, 'present'] } as const;
  const add = 'Add member to role';
  const timeOf = (...events: Parameters<typeof lineOf>[]) =>
    changed(states, ...events).find(({ told }) => told === 'by-readings')?.at;
  expect(timeOf([add, noon, ['ada']])).toBe(noon);
  expect(timeOf([add, noon, ['bo']])).toBeNull();
  expect(timeOf([add, at(2, '12:00'), ['ada']])).toBeNull();
  expect(timeOf(['Remove member from role', noon, ['ada']])).toBeNull();
  expect(timeOf(['Add eligible member to role', noon, ['ada']])).toBeNull();
  expect(timeOf(['Add member to role requested (PIM activation)', noon, ['ada']])).toBeNull();
  // The other may have been about another role, which was lost again.
  expect(timeOf([add, noon, ['ada']], [add, at(3, '13:00'), ['ada']])).toBeNull();
  // PIM tells it beside the directory.
  expect(timeOf([add, noon, ['ada']], [`${add} completed (PIM activation)`, at(3, '12:01'), ['ada']])).toBe(
    noon,
  );
  expect(timeOf([`${add} completed (PIM activation)`, noon, ['ada']])).toBe(noon);
});

test('of two roles that somebody gained between the same readings no line says which it is about', () => {
  const states = {
    [pair('ada', 'r-1')]: [null, null, 'present'],
    [pair('ada', 'r-2')]: [null, null, 'present'],
  } as const;
  const found = changed(states, ['Add member to role', noon, ['ada']]);
  expect(found.map(({ told, at: when }) => [told, when])).toEqual([
    ['by-readings', null],
    ['by-readings', null],
  ]);
});

test('what came and went between two readings is told by the log alone, at its time', () => {
  const states = { [pair('ada', 'r-1')]: ['present', 'present', 'present'] } as const;
  const alone = { told: 'by-the-log-alone', account: 'ada', role: null, untold: 0 };
  const later = at(3, '13:00');
  expect(
    changed(
      states,
      ['Add member to role', noon, ['ada']],
      ['Remove member from role', later, ['ada']],
      ['Update user', later, ['ada']],
    ),
  ).toEqual([
    { ...alone, change: 'gained', after: noon, by: noon, at: noon },
    { ...alone, change: 'lost', after: later, by: later, at: later },
  ]);
  // Of several that it names nobody knows which it is, unless one alone is known.
  const accountOf = (...targets: readonly string[]) =>
    changed(states, ['Add member to role', noon, targets])[0]?.account;
  expect(accountOf('role-object', 'ada')).toBe('ada');
  expect(accountOf('role-object', 'eve')).toBeNull();
  expect(accountOf('eve')).toBe('eve');
  // What happened outside the period did not happen in it.
  expect(changed(states, ['Add member to role', at(1, '12:00'), ['ada']])).toEqual([]);
});

test('an organisation says which role a line is about, so that the last of several tells when', () => {
  const owner = pairOf({ account: '12', name: null, role: 'owner', scope: null });
  const line = (says: 'gained' | 'lost' | 'left', hour: string, role: string | null) =>
    lineOf('org.update_member', at(2, hour), ['12'], { source: 'org', id: hour, says: [says], role });
  const whenOf = (states: readonly ('present' | null)[], ...events: ReturnType<typeof lineOf>[]) => {
    const book = bookOf({ 'privilege/ownership': { [owner]: states } }, { source: 'org', events });
    return privilegeChanges(book, days).map(({ told, change, event }) => [told, change, event?.at ?? null]);
  };
  const [first, between, last] = [
    line('gained', '10:00', 'owner'),
    line('lost', '11:00', 'owner'),
    line('gained', '12:00', 'owner'),
  ];
  expect(whenOf([null, 'present'], last, first, between)).toEqual([
    ['by-the-log-alone', 'lost', at(2, '11:00')],
    ['by-readings', 'gained', at(2, '12:00')],
  ]);
  // Another role is another matter.
  expect(whenOf([null, 'present'], line('gained', '10:00', '138'))).toEqual([
    ['by-the-log-alone', 'gained', at(2, '10:00')],
    ['by-readings', 'gained', null],
  ]);
  // Whoever is removed owns it no longer.
  expect(whenOf(['present', null], line('left', '10:00', null))).toEqual([
    ['by-readings', 'lost', at(2, '10:00')],
  ]);
});
