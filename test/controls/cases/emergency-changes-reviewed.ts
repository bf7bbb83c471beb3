import { denied, unknown, type Case } from '../told.ts';
import { approved, happenings } from '../worlds/approvals.ts';
import { written } from '../worlds/people.ts';

const world = (options: Parameters<typeof happenings>[0] = {}) => {
  const { branches, members, directoryUsers } = happenings(options);
  return [branches, ...members, ...directoryUsers];
};
const looked = (approvedOn: string, more = {}) =>
  approved({ source: 'github-one', subject: '900', approvedOn, ...more });

export const cases: readonly Case[] = [
  ['it was looked at on the next day', world(), 'pass', {}, {}, looked('2026-06-19')],
  [
    'it was looked at after the weekend, on the second working day',
    world(),
    'pass',
    {},
    {},
    looked('2026-06-22'),
  ],
  ['it was looked at on the third', world(), 'fail', {}, {}, looked('2026-06-23')],
  ['the policy allows three', world(), 'pass', { workingDays: 3 }, {}, looked('2026-06-23')],
  ['it was agreed to before', world(), 'fail', {}, {}, looked('2026-06-17')],
  [
    'whoever did it looked at it',
    world(),
    'fail',
    {},
    written,
    looked('2026-06-19', { approvedBy: 'Ada Example' }),
  ],
  [
    'whoever did it looked at it, and members were refused',
    denied(world(), 'github/members'),
    'no-data',
    {},
    written,
    looked('2026-06-19', { approvedBy: 'Ada Example' }),
  ],
  [
    'whoever did it looked at it, and whose their account is was refused',
    denied(world(), 'github/saml-identities'),
    'no-data',
    {},
    written,
    looked('2026-06-19', { approvedBy: 'Ada Example' }),
  ],
  ['whoever did it is gone', world({ update: { actor: 'gone' } }), 'no-data', {}, {}, looked('2026-06-19')],
  [
    'a program did it that the policy does not name, and it was looked at',
    world({ update: { actor: '99', byProgram: true } }),
    'pass',
    {},
    {},
    looked('2026-06-19'),
  ],
  ['the list does not name it', world(), 'fail', {}, {}, approved({}, { none: true })],
  ['the list is older', world(), 'no-data', {}, {}, approved({}, { none: true, exportedOn: '2026-06-22' })],
  [
    'there is still time',
    world({ update: { at: '2026-06-29T10:00:00.000Z' } }),
    'not-applicable',
    {},
    {},
    approved({}),
  ],
  ['who did it is not told', world({ update: { actor: unknown } }), 'no-data', {}, {}, looked('2026-06-19')],
  ['nobody handed over a list', world(), 'no-data'],
  [
    'it came by a pull request',
    world({ update: { way: 'pull-request' } }),
    'not-applicable',
    {},
    {},
    looked('2026-06-19'),
  ],
  ['how it came is not told', world({ update: { way: unknown } }), 'no-data', {}, {}, looked('2026-06-19')],
  [
    'a program did it that the policy names',
    world({ update: { byProgram: true } }),
    'not-applicable',
    { automation: ['10'] },
    {},
    approved({}, { none: true }),
  ],
  [
    'the policy names somebody who is no program',
    world(),
    'fail',
    { automation: ['10'] },
    {},
    approved({}, { none: true }),
  ],
  ['the log was refused', denied(world(), 'github/branch-updates'), 'no-data', {}, {}, looked('2026-06-19')],
];
