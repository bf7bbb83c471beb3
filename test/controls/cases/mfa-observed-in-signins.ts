import { denied, unknown, without, type Case } from '../told.ts';
import { lastDays } from '../worlds/changes.ts';
import { signedIn } from '../worlds/sign-ins.ts';

const log = 'microsoft365/single-factor-sign-ins';
const once = [{}];

export const cases: readonly Case[] = [
  ['the log names nobody', signedIn(), 'pass'],
  ['one factor was enough', signedIn({ signIns: once }), 'fail'],
  ['it was asked for a second one', signedIn({ signIns: [{ secondFactorAsked: true }] }), 'pass'],
  ['it did not get in', signedIn({ signIns: [{ succeeded: false }] }), 'pass'],
  ['whether it got in is not told', signedIn({ signIns: [{ succeeded: unknown }] }), 'no-data'],
  ['whether it was asked is not told', signedIn({ signIns: [{ secondFactorAsked: unknown }] }), 'no-data'],
  ['one of two was not', signedIn({ signIns: [{ secondFactorAsked: true }, {}] }), 'fail'],
  ['whose sign-in it was is not told', signedIn({ signIns: [{ account: unknown }] }), 'no-data'],
  ['somebody signed in before', signedIn({ signIns: [{ at: '2026-05-30T10:00:00.000Z' }] }), 'pass'],
  [
    'the account cannot be signed in to',
    signedIn({ user: { enabled: false }, signIns: once }),
    'not-applicable',
  ],
  ['whether it can is not told', signedIn({ user: { enabled: unknown } }), 'no-data'],
  [
    'only seven days were read',
    signedIn({ log: { to: lastDays.to, covered: [{ from: '2026-06-23T02:30:00.000Z', to: lastDays.to }] } }),
    'no-data',
  ],
  ['nothing of the days was read', signedIn({ log: { to: lastDays.to, covered: [] } }), 'no-data'],
  ['the log was refused', denied(signedIn(), log), 'no-data'],
  ['nobody agreed to have it read', without(signedIn(), log), 'no-data'],
];
