import { type Case, unknown, denied, spoiled } from '../told.ts';
import { code } from '../worlds/code.ts';

/** An alert that has been open for so many days, or a little less. */
const open = (days: number, validity: unknown = 'untried') => ({
  openedAt: new Date(Date.parse('2026-06-30T04:00:00Z') - days * 86_400_000).toISOString(),
  validity,
});

export const cases: readonly Case[] = [
  ['nothing was found', code(), 'pass'],
  ['one is a week old', code({ secrets: [open(7)] }), 'pass'],
  ['one is older', code({ secrets: [open(8)] }), 'fail'],
  ['one is older, and what it is, is not told', code({ secrets: [{ ...open(8), name: unknown }] }), 'fail'],
  ['one that does not work is older', code({ secrets: [open(8, 'inactive')] }), 'fail'],
  ['one works and is of today', code({ secrets: [open(1, 'active')] }), 'pass'],
  ['one works and is of yesterday', code({ secrets: [open(2, 'active')] }), 'fail'],
  ['whether one works is not told', code({ secrets: [open(2, unknown)] }), 'no-data'],
  ['whether one works is not told, and it is too old anyway', code({ secrets: [open(8, unknown)] }), 'fail'],
  [
    'since when one is open is not told',
    code({ secrets: [{ openedAt: unknown, validity: 'inactive' }] }),
    'no-data',
  ],
  ['the policy says more days', code({ secrets: [open(8)] }), 'pass', { maximumDays: 10 }],
  ['nobody looks for secrets', code({ repository: { secretScanning: false } }), 'no-data'],
  [
    'nobody looks for secrets any more, and one is old',
    code({ repository: { secretScanning: false }, secrets: [open(30)] }),
    'fail',
  ],
  [
    'nobody looks for secrets in what is archived',
    code({ repository: { secretScanning: false, archived: true } }),
    'not-applicable',
  ],
  [
    'what is archived has an old one',
    code({ repository: { secretScanning: false, archived: true }, secrets: [open(30)] }),
    'fail',
  ],
  ['whether it is archived is not told', code({ repository: { archived: unknown } }), 'no-data'],
  ['the alerts are refused', denied(code(), 'github/secret-scanning-alerts'), 'no-data'],
  [
    'the alerts are cut',
    spoiled(code(), 'github/secret-scanning-alerts', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  ['whose an alert is, is not told', code({ secrets: [{ ...open(1), repository: unknown }] }), 'no-data'],
];
