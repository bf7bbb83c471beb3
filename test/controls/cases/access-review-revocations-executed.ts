import { denied, unknown, type Case } from '../told.ts';
import { directory, register, reviewed } from '../worlds/reviews.ts';

const removed = reviewed({ bo: { decision: 'remove' } });

export const cases: readonly Case[] = [
  ['the account is gone', directory(null), 'pass', {}, register, removed],
  ['the account is switched off', directory({ enabled: false }), 'pass', {}, register, removed],
  ['the account is there', directory(), 'fail', {}, register, removed],
  [
    'whether it is switched off is not told',
    directory({ enabled: unknown }),
    'no-data',
    {},
    register,
    removed,
  ],
  ['accounts were refused', denied(directory(), 'microsoft365/users'), 'no-data', {}, register, removed],
  [
    'it was decided ten days ago',
    directory(),
    'not-applicable',
    {},
    register,
    reviewed({ bo: { decision: 'remove', decidedOn: '2026-06-20' } }),
  ],
  [
    'the policy allows five days',
    directory(),
    'fail',
    { days: 5 },
    register,
    reviewed({ bo: { decision: 'remove', decidedOn: '2026-06-20' } }),
  ],
  ['nobody was to be removed', directory(), 'not-applicable', {}, register, reviewed()],
];
