import { type Case, unknown, spoiled, more } from '../told.ts';
import { microsoft365 } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['everybody has', microsoft365(), 'pass'],
  ['one has not', microsoft365({ user: { mfaCapable: false } }), 'fail'],
  [
    'the report leaves one out',
    spoiled(microsoft365(), 'microsoft365/user-registration-details', {
      records: ['ada', 'bob'].map((id) => ({ kind: 'account', id, mfaCapable: true })),
    }),
    'no-data',
  ],
  [
    'the report names one whom the directory does not',
    more(microsoft365(), 'microsoft365/user-registration-details', {
      kind: 'account',
      id: 'dora',
      mfaCapable: true,
    }),
    'no-data',
  ],
  [
    'without the licence for the report',
    spoiled(microsoft365(), 'microsoft365/user-registration-details', {
      records: [],
      partitions: { all: 'not-licensed' },
    }),
    'no-data',
  ],
  ['a guest has none here', microsoft365({ user: { mfaCapable: false, userType: 'guest' } }), 'no-data'],
  [
    'whoever has none came yesterday or is blocked',
    spoiled(microsoft365({ user: { mfaCapable: false } }), 'microsoft365/users', {
      records: [
        { kind: 'account', id: 'ada', enabled: false, userType: 'member', createdAt: '2020-01-01T00:00:00Z' },
        { kind: 'account', id: 'bob', enabled: false, userType: 'member', createdAt: '2020-01-01T00:00:00Z' },
        { kind: 'account', id: 'cleo', enabled: true, userType: 'member', createdAt: '2026-06-29T00:00:00Z' },
      ],
    }),
    'not-applicable',
  ],
  ['whether one is blocked is not told', microsoft365({ user: { enabled: unknown } }), 'no-data'],
];
