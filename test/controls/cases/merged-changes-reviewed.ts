import { denied, more, spoiled, unknown, without, type Case } from '../told.ts';
import { changes, lastDays } from '../worlds/changes.ts';

const other = {
  kind: 'pull-request',
  id: '20:8',
  partition: '20',
  repository: '20',
  branch: 'main',
  mergedAt: '2026-06-21T10:00:00.000Z',
  author: '11',
  authorIsProgram: true,
  approvers: [],
};
const halfRead = { to: lastDays.to, covered: [{ from: '2026-06-10T00:00:00.000Z', to: lastDays.to }] };

/** One repository came to be read on the tenth, and began to be when it says. */
const late = (since: string | null) => ({
  to: lastDays.to,
  covered: [lastDays],
  late: [{ id: '20', since, covered: halfRead.covered }],
});

export const cases: readonly Case[] = [
  ['somebody else had approved it', changes(), 'pass'],
  ['nobody had', changes({ change: { approvers: [] } }), 'fail'],
  ['a program proposed it and nobody had', more(changes(), 'github/merged-pull-requests', other), 'fail'],
  ['who had is not told', changes({ change: { approvers: unknown } }), 'no-data'],
  [
    'it was merged into another branch',
    changes({ change: { branch: 'release', approvers: [] } }),
    'not-applicable',
  ],
  ['into which is not told', changes({ change: { branch: unknown } }), 'no-data'],
  [
    'which branch is the default one is not told',
    changes({ repository: { defaultBranch: unknown } }),
    'no-data',
  ],
  ['its repository is gone', changes({ change: { repository: '21', approvers: [] } }), 'no-data'],
  ['whose it is, is not told', changes({ change: { repository: unknown } }), 'no-data'],
  ['a part of the days was not read', changes({ log: halfRead }), 'no-data'],
  [
    'a failure stands although a part of the days was not read',
    changes({ log: halfRead, change: { approvers: [] } }),
    'fail',
  ],
  [
    'its repository was not read of all the days',
    changes({ log: late('2019-01-01T00:00:00.000Z') }),
    'no-data',
  ],
  ['since when there is that repository is not told', changes({ log: late(null) }), 'no-data'],
  [
    'there was no such repository before it was read',
    changes({ log: late('2026-06-11T00:00:00.000Z') }),
    'pass',
  ],
  [
    'one with nothing to tell was not read of all the days',
    spoiled(changes({ log: late(null) }), 'github/merged-pull-requests', { records: [] }),
    'no-data',
  ],
  [
    'it was merged before, and nothing since',
    changes({ change: { mergedAt: '2026-05-31T02:29:59.999Z', approvers: [] } }),
    'not-applicable',
  ],
  [
    'it was merged in the very first moment',
    changes({ change: { mergedAt: lastDays.from, approvers: [] } }),
    'fail',
  ],
  ['when is not told', changes({ change: { mergedAt: unknown, approvers: [] } }), 'no-data'],
  ['none was merged', spoiled(changes(), 'github/merged-pull-requests', { records: [] }), 'not-applicable'],
  ['the log was refused', denied(changes(), 'github/merged-pull-requests'), 'no-data'],
  ['repositories were refused', denied(changes(), 'github/repositories'), 'no-data'],
  ['the log was never due', without(changes(), 'github/merged-pull-requests'), 'no-data'],
];
