import { denied, more, unknown, type Case } from '../told.ts';
import { approved, happenings } from '../worlds/approvals.ts';
import { written } from '../worlds/people.ts';

const { directory, directoryUsers, organization, cloud } = happenings();
const tenant = (change: Parameters<typeof happenings>[0] = {}) => [
  happenings(change).directory,
  ...directoryUsers,
];
const eve = { source: 'aws-one', subject: 'EVE' };

/** The account that was made is a second one of Ada's. */
const second = tenant({ change: { targets: ['adm-id'] } }).map((told) =>
  told.dataset === 'microsoft365/users'
    ? {
        ...told,
        records: [
          ...told.records,
          { kind: 'account', id: 'adm-id', name: 'adm-ada@larkspur.example', enabled: true },
        ],
      }
    : told,
);
const hers = {
  people: written.people!.map((each) => ({
    ...each,
    accounts: [...each.accounts, { source: 'microsoft365-one', account: 'adm-id' }],
  })),
};

export const cases: readonly Case[] = [
  ['the request names the event', tenant(), 'pass', {}, {}, approved({})],
  ['the request names the account by its id', tenant(), 'pass', {}, {}, approved({ subject: 'ada-id' })],
  [
    'the request names the account as people call it',
    tenant(),
    'pass',
    {},
    {},
    approved({ subject: 'Ada@larkspur.example' }),
  ],
  [
    'the request names another account of hers',
    second,
    'fail',
    {},
    hers,
    approved({ subject: 'ada@larkspur.example' }),
  ],
  [
    'the request was approved on the very day',
    tenant(),
    'pass',
    {},
    {},
    approved({ approvedOn: '2026-06-18' }),
  ],
  ['the request was approved afterwards', tenant(), 'fail', {}, {}, approved({ approvedOn: '2026-06-19' })],
  ['whoever joined approved it', tenant(), 'fail', {}, written, approved({ approvedBy: 'Ada Example' })],
  [
    'accounts were refused, so that another may be hers who approved it',
    denied(tenant(), 'microsoft365/users'),
    'no-data',
    {},
    written,
    approved({ approvedBy: 'Ada Example' }),
  ],
  [
    'accounts were refused, and the list may name it by what it is called',
    denied(tenant(), 'microsoft365/users'),
    'no-data',
    {},
    {},
    approved({ subject: 'ada@larkspur.example' }),
  ],
  [
    'the account is not there any more, and what it was called is not told',
    tenant({ change: { targets: ['gus-id'] } }),
    'no-data',
    {},
    {},
    approved({ subject: 'gus@larkspur.example' }),
  ],
  [
    'whose the account is is not known',
    tenant(),
    'no-data',
    {},
    { people: [...written.people!, { ...written.people![0]!, id: 'gus', name: 'Gus Example' }] },
    approved({ approvedBy: 'Gus Example' }),
  ],
  [
    'the request names the account as people call it, which is not told',
    tenant().map((told) =>
      told.dataset === 'microsoft365/users'
        ? { ...told, records: told.records.map((record) => ({ ...record, name: unknown })) }
        : told,
    ),
    'no-data',
    {},
    {},
    approved({ subject: 'ada@larkspur.example' }),
  ],
  [
    'the request names the account, and which was made is not told',
    tenant({ change: { targets: unknown } }),
    'no-data',
    {},
    {},
    approved({ subject: 'ada-id' }),
  ],
  ['the list does not name it', tenant(), 'fail', {}, {}, approved({}, { none: true })],
  [
    'the list does not name what is of the first of the days that the log was read of',
    tenant({
      change: { at: '2026-05-29T15:00:00.000Z' },
      log: {
        to: '2026-06-28T14:30:00.000Z',
        covered: [{ from: '2026-05-29T14:30:00.000Z', to: '2026-06-28T14:30:00.000Z' }],
      },
    }),
    'fail',
    {},
    {},
    approved({}, { none: true }),
  ],
  ['the request is of another source', tenant(), 'fail', {}, {}, approved({ source: 'github-one' })],
  [
    'the list is older than the account',
    tenant(),
    'no-data',
    {},
    {},
    approved({}, { none: true, exportedOn: '2026-06-18' }),
  ],
  ['nobody handed over a list', tenant(), 'no-data'],
  ['it did not succeed', tenant({ change: { succeeded: false } }), 'not-applicable', {}, {}, approved({})],
  [
    'whether it succeeded is not told',
    tenant({ change: { succeeded: unknown } }),
    'no-data',
    {},
    {},
    approved({}),
  ],
  ['what was done is not told', tenant({ change: { activity: unknown } }), 'no-data', {}, {}, approved({})],
  ['nobody joined', tenant({ change: { activity: 'Delete user' } }), 'not-applicable', {}, {}, approved({})],
  [
    'nobody joined, and the log was read of ten days',
    tenant({
      change: { activity: 'Delete user' },
      log: {
        to: '2026-06-30T02:30:00.000Z',
        covered: [{ from: '2026-06-20T02:30:00.000Z', to: '2026-06-30T02:30:00.000Z' }],
      },
    }),
    'no-data',
    {},
    {},
    approved({}),
  ],
  ['the log was refused', denied(tenant(), directory.dataset), 'no-data', {}, {}, approved({})],
  [
    'a member of GitHub',
    [organization],
    'pass',
    {},
    {},
    approved({ source: 'github-one', subject: 'event-1' }),
  ],
  ['a member of GitHub whom no request names', [organization], 'fail', {}, {}, approved({})],
  ['a user of AWS', [cloud], 'pass', {}, {}, approved(eve)],
  [
    'users of two accounts are called alike, and the request does not say which it is for',
    more([cloud], cloud.dataset, {
      kind: 'account',
      id: 'arn:aws:iam::222233334444:user/eve',
      name: 'eve',
      root: false,
      createdAt: '2026-06-18T10:00:00Z',
    }),
    'no-data',
    {},
    {},
    approved(eve),
  ],
  ['a user of AWS whom no request names', [cloud], 'fail', {}, {}, approved({})],
  [
    'a user of AWS who has been there for long',
    [happenings({ user: { createdAt: '2026-01-01T00:00:00Z' } }).cloud],
    'not-applicable',
    {},
    {},
    approved({}),
  ],
  [
    'since when a user of AWS is there is not told',
    [happenings({ user: { createdAt: unknown } }).cloud],
    'no-data',
    {},
    {},
    approved(eve),
  ],
];
