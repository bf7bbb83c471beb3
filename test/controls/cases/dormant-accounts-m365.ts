import { type Case, denied, spoiled, unknown, without } from '../told.ts';
import { used } from '../worlds/used.ts';

const activity = 'microsoft365/user-sign-in-activity';
const emergency = '00000009-1111-4222-8333-444444444444';
const silent = { lastSignInAt: unknown, lastSuccessfulSignInAt: unknown, signInRecorded: false };
const long = '2026-01-01T00:00:00.000Z';

export const cases: readonly Case[] = [
  ['everybody signed in lately', used(), 'pass'],
  ['one did 90 days ago', used({ cleo: { lastSuccessfulSignInAt: '2026-04-01T03:00:00.000Z' } }), 'pass'],
  [
    'one did a little longer ago',
    used({ cleo: { lastSuccessfulSignInAt: '2026-04-01T02:59:59.000Z' } }),
    'fail',
  ],
  ['one did long ago, and has tried in vain since', used({ cleo: { lastSuccessfulSignInAt: long } }), 'fail'],
  [
    'the policy allows less',
    used({ cleo: { lastSuccessfulSignInAt: '2026-05-01T00:00:00.000Z' } }),
    'fail',
    { maximumDays: 45 },
  ],
  ['of an old account there is no record', used({ cleo: silent }), 'fail'],
  [
    'of an account of today there is no record',
    used({ user: { createdAt: '2026-06-29T00:00:00Z' }, cleo: silent }),
    'pass',
  ],
  [
    'of an account of today there is no record, and the policy grants nothing',
    used({ user: { createdAt: '2026-06-20T00:00:00Z' }, cleo: silent }),
    'fail',
    { graceDays: 5 },
  ],
  [
    'how old an account is of which there is none is not told',
    used({ user: { createdAt: unknown }, cleo: silent }),
    'no-data',
  ],
  [
    'an account is younger than the reading',
    used({ user: { createdAt: '2026-07-09T00:00:00Z' }, cleo: silent }),
    'no-data',
  ],
  ['one will sign in', used({ cleo: { lastSuccessfulSignInAt: '2026-07-09T00:00:00.000Z' } }), 'no-data'],
  [
    'whether one succeeded is not told, and one tried lately',
    used({ cleo: { lastSuccessfulSignInAt: unknown } }),
    'no-data',
  ],
  [
    'whether one succeeded is not told, and one tried long ago',
    used({ cleo: { lastSuccessfulSignInAt: unknown, lastSignInAt: long } }),
    'fail',
  ],
  ['neither is told', used({ cleo: { lastSuccessfulSignInAt: unknown, lastSignInAt: unknown } }), 'no-data'],
  ['whether there is a record is not told', used({ cleo: { signInRecorded: unknown } }), 'no-data'],
  ['sign-in to the one is blocked', used({ user: { enabled: false }, cleo: silent }), 'pass'],
  ['whether it is blocked is not told', used({ user: { enabled: unknown }, cleo: silent }), 'no-data'],
  ['the one is a guest', used({ user: { userType: 'guest' }, cleo: silent }), 'pass'],
  ['whether it is a guest is not told', used({ user: { userType: unknown }, cleo: silent }), 'no-data'],
  [
    'the one is for emergencies',
    spoiled(used(), 'microsoft365/users', {
      records: [{ kind: 'account', id: emergency, enabled: true, userType: 'member', createdAt: long }],
    }),
    'no-data',
    { emergencyAccounts: [emergency] },
  ],
  [
    'nobody but the one for emergencies is enabled',
    [
      ...spoiled(without(used(), 'microsoft365/user-registration-details'), 'microsoft365/users', {
        records: [{ kind: 'account', id: emergency, enabled: true, userType: 'member', createdAt: long }],
      }),
    ].map((told) => (told.dataset === activity ? { ...told, records: [] } : told)),
    'not-applicable',
    { emergencyAccounts: [emergency] },
  ],
  [
    'without the licence',
    spoiled(used(), activity, { records: [], partitions: { all: 'not-licensed' } }),
    'no-data',
  ],
  ['it is refused', denied(used(), activity), 'no-data'],
  ['the record leaves one out', spoiled(used(), activity, { records: [] }), 'no-data'],
];
