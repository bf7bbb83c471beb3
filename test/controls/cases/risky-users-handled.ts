import { type Case, denied, spoiled, unknown, without } from '../told.ts';
import { risky } from '../worlds/risks.ts';

const risks = 'microsoft365/risky-users';
const now = { state: 'atRisk' };
const lately = '2026-06-29T00:00:00.000Z';

export const cases: readonly Case[] = [
  ['the risk is over', risky(), 'pass'],
  ['nobody is at risk', spoiled(risky(), risks, { records: [] }), 'pass'],
  ['one is, and was left', risky({ risk: now }), 'fail'],
  ['one is since yesterday', risky({ risk: { ...now, changedAt: lately } }), 'pass'],
  [
    'one is since yesterday, and the policy allows nothing',
    risky({ risk: { ...now, changedAt: lately } }),
    'fail',
    { maximumDays: 0 },
  ],
  ['one is a little', risky({ risk: { ...now, level: 'medium' } }), 'pass'],
  ['one is, and how high is hidden', risky({ risk: { ...now, level: 'hidden' } }), 'no-data'],
  ['somebody confirmed it', risky({ risk: { state: 'confirmedCompromised', level: 'none' } }), 'fail'],
  ['the state is a word that is not known', risky({ risk: { state: 'unknownFutureValue' } }), 'no-data'],
  ['the state is not told', risky({ risk: { state: unknown } }), 'no-data'],
  ['how high is not told', risky({ risk: { ...now, level: unknown } }), 'no-data'],
  ['since when is not told', risky({ risk: { ...now, changedAt: unknown } }), 'no-data'],
  ['it will be', risky({ risk: { ...now, changedAt: '2026-07-09T00:00:00.000Z' } }), 'no-data'],
  ['one is and is blocked', risky({ risk: now, user: { enabled: false } }), 'pass'],
  ['whether one that is is blocked is not told', risky({ risk: now, user: { enabled: unknown } }), 'no-data'],
  ['whose it is is not told', risky({ risk: { ...now, account: unknown } }), 'no-data'],
  ['one is whom the list of users does not name', risky({ risk: { ...now, account: 'dora' } }), 'no-data'],
  [
    'nobody bought what it takes',
    spoiled(risky({ services: ['AAD_PREMIUM'] }), risks, {
      records: [],
      partitions: { all: 'not-licensed' },
    }),
    'fail',
  ],
  [
    'what was bought is refused',
    spoiled(denied(risky({ services: [] }), 'microsoft365/subscribed-skus'), risks, {
      records: [],
      partitions: { all: 'not-licensed' },
    }),
    'no-data',
  ],
  ['it is refused', denied(risky(), risks), 'no-data'],
  ['nobody read it', without(risky(), risks), 'no-data'],
];
