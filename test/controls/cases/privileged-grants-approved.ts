import { denied, unknown, type Case } from '../told.ts';
import { approved, happenings } from '../worlds/approvals.ts';
import { written } from '../worlds/people.ts';

const { directoryUsers } = happenings();
type Options = NonNullable<Parameters<typeof happenings>[0]>;
const tenant = (change: Options = {}) => [
  happenings({
    ...change,
    change: { activity: 'Add member to role', targets: ['ada-id', 'role-1'], ...change.change },
  }).directory,
  ...directoryUsers,
];
const github = (event: Options = {}) => [
  happenings({ event: { action: 'org.update_member', ...event.event } }).organization,
];

export const cases: readonly Case[] = [
  [
    'the request names whoever got it, and not the event',
    tenant(),
    'fail',
    {},
    {},
    approved({ subject: 'ada-id' }),
  ],
  ['the request names the event', tenant(), 'pass', {}, {}, approved({})],
  [
    'a role to be activated',
    tenant({ change: { activity: 'Add eligible member to role' } }),
    'pass',
    {},
    {},
    approved({}),
  ],
  ['whoever got it approved it', tenant(), 'fail', {}, written, approved({ approvedBy: 'ada' })],
  [
    'whoever got it approved it, and accounts were refused',
    denied(tenant(), 'microsoft365/users'),
    'no-data',
    {},
    written,
    approved({ approvedBy: 'Ada Example' }),
  ],
  ['the list does not name it', tenant(), 'fail', {}, {}, approved({}, { none: true })],
  ['nobody handed over a list', tenant(), 'no-data'],
  ['when it was is not told', tenant({ change: { at: unknown } }), 'no-data', {}, {}, approved({})],
  [
    'whom it concerned is not told, and the request names the event',
    tenant({ change: { targets: unknown } }),
    'no-data',
    {},
    {},
    approved({}),
  ],
  [
    'no role was given',
    tenant({ change: { activity: 'Update user' } }),
    'not-applicable',
    {},
    {},
    approved({}),
  ],
  ['the log was refused', denied(tenant(), 'microsoft365/directory-audits'), 'no-data', {}, {}, approved({})],
  [
    'a member of GitHub whose role was changed',
    github(),
    'pass',
    {},
    {},
    approved({ source: 'github-one', subject: 'event-1' }),
  ],
  ['a member of GitHub whose role no request names', github(), 'fail', {}, {}, approved({})],
  ['the organisation without its log', happenings().members, 'no-data', {}, {}, approved({})],
];
