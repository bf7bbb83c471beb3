import { denied, spoiled, unknown, type Case } from '../told.ts';
import type { Told, Written } from '../support.ts';
import { aws } from '../worlds.ts';
import { wholly } from '../worlds/changes.ts';

type Stated = Extract<
  NonNullable<NonNullable<Written['declared']>['attestations']>[number],
  { topic: 'restore-test' }
>;
const account = '111122223333';
const place = { cloudAccount: account, region: 'eu-west-1' };

function world(restore: Readonly<Record<string, unknown>> = {}, type: unknown = 'RDS', log = wholly): Told[] {
  const partitions = { [`${account}|eu-west-1`]: 'complete' as const };
  return [
    ...aws(),
    {
      dataset: 'aws/protected-resources',
      kinds: { 'protected-resource': { speaks: ['cloudAccount', 'region', 'type'], lists: true } },
      partitions,
      records: [
        { kind: 'protected-resource', id: 'arn:main', partition: `${account}|eu-west-1`, ...place, type },
      ],
    },
    {
      dataset: 'aws/restore-jobs',
      kinds: { restore: { speaks: ['cloudAccount', 'region', 'at', 'completedAt', 'type', 'state'] } },
      partitions,
      log,
      records: [
        {
          kind: 'restore',
          id: 'job-1',
          partition: `${account}|eu-west-1`,
          ...place,
          at: '2026-06-15T09:00:00Z',
          completedAt: '2026-06-15T11:00:00Z',
          type: 'RDS',
          state: 'COMPLETED',
          ...restore,
        },
      ],
    },
  ];
}
const said = (stated: Partial<Stated['stated']> = {}, change: Partial<Stated> = {}): Written => ({
  declared: {
    attestations: [
      {
        id: 'test',
        topic: 'restore-test',
        source: 'aws-one',
        by: 'Ada Example',
        role: 'Head of IT',
        statedOn: '2026-06-16',
        validUntil: '2027-06-15',
        ...change,
        stated: { types: ['RDS'], testedOn: '2026-06-15', outcome: 'restored', minutes: 40, ...stated },
      },
    ],
  },
});
const longAgo = { testedOn: '2026-01-15' };
/** What is said, and that a test of that day failed. */
const andFailed = (testedOn: string, first = said()): Written => {
  const [test] = first.declared!.attestations!;
  const failed = said({ testedOn, outcome: 'failed' }, { statedOn: testedOn }).declared!.attestations![0]!;
  return { declared: { attestations: [test!, { ...failed, id: 'failed' }] } };
};

export const cases: readonly Case[] = [
  ['a test is stated that AWS tells of', world(), 'pass', {}, {}, said()],
  ['a test is stated that is older than the log', world(), 'pass', {}, {}, said(longAgo)],
  ['the test is a year and a day old', world(), 'manual', {}, {}, said({ testedOn: '2025-06-29' })],
  ['the policy wants one a quarter', world(), 'manual', { maxAgeDays: 92 }, {}, said(longAgo)],
  ['the statement has ended', world(), 'manual', {}, {}, said(longAgo, { validUntil: '2026-06-01' })],
  ['the test is of a day after it was stated', world(), 'manual', {}, {}, said({ testedOn: '2026-06-17' })],
  ['nobody stated one', world(), 'manual'],
  ['it is stated that the test failed', world(), 'fail', {}, {}, said({ outcome: 'failed' })],
  ['a later test failed', world(), 'fail', {}, {}, andFailed('2026-06-20')],
  ['of that very day another says that it failed', world(), 'fail', {}, {}, andFailed('2026-06-15')],
  [
    'a later test failed, and that statement has ended',
    world(),
    'manual',
    {},
    {},
    {
      declared: {
        attestations: andFailed('2026-06-20').declared!.attestations!.map((each) =>
          each.id === 'failed' ? { ...each, validUntil: '2026-06-25' } : each,
        ),
      },
    },
  ],
  ['an earlier test failed', world(), 'pass', {}, {}, andFailed('2026-03-02')],
  [
    'the newest test that counts failed',
    world(),
    'fail',
    {},
    {},
    andFailed('2026-06-20', said({ testedOn: '2026-07-02' }, { statedOn: '2026-07-02' })),
  ],
  ['AWS tells of none on that day', world({ completedAt: '2026-06-25T11:00:00Z' }), 'fail', {}, {}, said()],
  [
    'AWS tells of none on that day, and was refused in another account',
    spoiled(world({ completedAt: '2026-06-25T11:00:00Z' }), 'aws/restore-jobs', {
      partitions: { [`${account}|eu-west-1`]: 'complete', '222233334444|eu-west-1': 'denied' },
    }),
    'no-data',
    {},
    {},
    said(),
  ],
  ['what AWS tells of did not come to its end', world({ state: 'FAILED' }), 'fail', {}, {}, said()],
  ['what became of it is not told', world({ state: unknown }), 'no-data', {}, {}, said()],
  ['things of another sort are copied, too', world({}, 'EBS'), 'manual', {}, {}, said()],
  ['what sort of thing is copied is not told', world({}, unknown), 'no-data', {}, {}, said()],
  [
    'nothing is copied',
    spoiled(world(), 'aws/protected-resources', { records: [] }),
    'not-applicable',
    {},
    {},
    said(),
  ],
  ['what is copied was refused', denied(world(), 'aws/protected-resources'), 'no-data', {}, {}, said()],
  ['restores were refused', denied(world(), 'aws/restore-jobs'), 'no-data', {}, {}, said()],
  [
    'the log was read of ten days',
    world({}, 'RDS', { to: wholly.to, covered: [{ from: '2026-06-20T02:30:00.000Z', to: wholly.to }] }),
    'no-data',
    {},
    {},
    said(),
  ],
  [
    'the account is suspended',
    [...aws({ state: 'SUSPENDED' }), ...world().slice(aws().length)],
    'not-applicable',
    {},
    {},
    said(),
  ],
];
