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
  [
    'nothing tells whether it is switched off',
    directory({ enabled: undefined }),
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
  [
    'the row names the account by what it is called, and it is there',
    directory(),
    'no-data',
    {},
    register,
    reviewed({ bo: { subject: 'bo@larkspur.example', decision: 'remove' } }),
  ],
  [
    'whom the review went through is not known',
    directory(null),
    'no-data',
    {},
    register,
    { ...removed, populations: [] },
  ],
  [
    'what listed the account then is not due any more',
    directory(null),
    'no-data',
    {},
    register,
    reviewed({ bo: { decision: 'remove' }, datasets: ['microsoft365/users', 'microsoft365/guests'] }),
  ],
  ['nobody was to be removed', directory(), 'not-applicable', {}, register, reviewed()],
];
