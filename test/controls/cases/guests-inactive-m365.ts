import { type Case, denied, spoiled, unknown } from '../told.ts';
import { used } from '../worlds/used.ts';

const activity = 'microsoft365/user-sign-in-activity';
const guest = { userType: 'guest' };
const silent = { lastSignInAt: unknown, lastSuccessfulSignInAt: unknown, signInRecorded: false };
const long = '2026-01-01T00:00:00.000Z';

export const cases: readonly Case[] = [
  ['a guest came lately', used({ user: guest }), 'pass'],
  ['a guest came long ago', used({ user: guest, cleo: { lastSuccessfulSignInAt: long } }), 'fail'],
  ['a guest never came', used({ user: guest, cleo: silent }), 'fail'],
  [
    'a guest was just invited',
    used({ user: { ...guest, createdAt: '2026-06-29T00:00:00Z' }, cleo: silent }),
    'not-applicable',
  ],
  [
    'a guest who never came is blocked',
    used({ user: { ...guest, enabled: false }, cleo: silent }),
    'not-applicable',
  ],
  ['whether the guest is blocked is not told', used({ user: { ...guest, enabled: unknown } }), 'no-data'],
  ['there is no guest', used({ cleo: silent }), 'not-applicable'],
  ['whether one is a guest is not told', used({ user: { userType: unknown } }), 'no-data'],
  [
    'without the licence',
    spoiled(used({ user: guest }), activity, { records: [], partitions: { all: 'not-licensed' } }),
    'no-data',
  ],
  ['without the licence, and there is no guest', denied(used(), activity), 'no-data'],
];
