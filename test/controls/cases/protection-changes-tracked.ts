import type { Told } from '../support.ts';
import { denied, spoiled, unknown, type Case } from '../told.ts';
import { lastDays, wholly } from '../worlds/changes.ts';

const log = 'github/audit-log';
const github = (...events: readonly Readonly<Record<string, unknown>>[]): Told => ({
  dataset: log,
  kinds: { 'audit-event': { speaks: ['at', 'action', 'actor', 'repository'], lists: true } },
  log: wholly,
  records: events.map((event, n) => ({
    kind: 'audit-event',
    id: `event-${n}`,
    at: '2026-06-20T10:00:00.000Z',
    actor: '10',
    repository: 'larkspur/app',
    ...event,
  })),
});
const microsoft365 = (change: Readonly<Record<string, unknown>> = {}): Told => ({
  dataset: 'microsoft365/directory-audits',
  kinds: {
    'directory-change': {
      speaks: ['at', 'activity', 'category', 'succeeded', 'actor', 'targets'],
      lists: true,
    },
  },
  log: wholly,
  records: [
    {
      kind: 'directory-change',
      id: 'change',
      at: '2026-06-20T10:00:00.000Z',
      activity: 'Update conditional access policy',
      category: 'Policy',
      succeeded: true,
      actor: 'ada',
      targets: ['policy'],
      ...change,
    },
  ],
});

const off = { action: 'repository_secret_scanning.disable' };
const on = (at: string, more: object = {}) => ({ action: 'repository_secret_scanning.enable', at, ...more });
const nextMorning = '2026-06-21T09:00:00.000Z';

export const cases: readonly Case[] = [
  ['switched off and on again', [github(off, on(nextMorning))], 'pass'],
  ['switched off and left so', [github(off)], 'fail'],
  ['switched on a day too late', [github(off, on('2026-06-22T11:00:00.000Z'))], 'fail'],
  [
    'the policy allows two days',
    [github(off, on('2026-06-22T09:00:00.000Z'))],
    'pass',
    { undoneWithinHours: 48 },
  ],
  ['switched on before', [github(off, on('2026-06-20T09:00:00.000Z'))], 'fail'],
  ['switched on elsewhere', [github(off, on(nextMorning, { repository: 'larkspur/other' }))], 'fail'],
  [
    'something else switched on',
    [github(off, on(nextMorning, { action: 'repository_vulnerability_alerts.enable' }))],
    'fail',
  ],
  [
    'where it was switched on is not told',
    [github(off, on(nextMorning, { repository: unknown }))],
    'no-data',
  ],
  ['when it was switched on is not told', [github(off, on(nextMorning, { at: unknown }))], 'no-data'],
  ['switched off an hour ago', [github({ ...off, at: '2026-06-30T01:30:00.000Z' })], 'no-data'],
  [
    'switched off a day ago, a little before the log ends',
    [github({ ...off, at: '2026-06-29T02:45:00.000Z' })],
    'no-data',
  ],
  ['a branch lost its protection', [github({ action: 'protected_branch.destroy' })], 'fail'],
  [
    'a branch lost its protection and got some again',
    [github({ action: 'protected_branch.destroy' }, { action: 'protected_branch.create', at: nextMorning })],
    'fail',
  ],
  ['what was done is not told', [github({ action: unknown })], 'no-data'],
  ['nothing of the kind', [github({ action: 'repo.create' })], 'not-applicable'],
  ['before those days', [github({ ...off, at: '2026-05-01T00:00:00.000Z' })], 'not-applicable'],
  ['the log was refused', denied([github(off, on(nextMorning))], log), 'no-data'],
  [
    'a day of the log was not read',
    spoiled([github()], log, {
      log: { to: lastDays.to, covered: [{ from: '2026-06-01T02:30:00.000Z', to: lastDays.to }] },
    }),
    'no-data',
  ],
  ['a policy was changed', [microsoft365()], 'fail'],
  ['which policy is not told', [microsoft365({ targets: unknown })], 'fail'],
  ['somebody was refused', [microsoft365({ succeeded: false })], 'not-applicable'],
  ['whether it succeeded is not told', [microsoft365({ succeeded: unknown })], 'no-data'],
  ['a group was changed', [microsoft365({ activity: 'Update group' })], 'not-applicable'],
  [
    'both logs, and one was refused',
    denied(
      [github(off, on(nextMorning)), microsoft365({ succeeded: false })],
      'microsoft365/directory-audits',
    ),
    'no-data',
  ],
];
