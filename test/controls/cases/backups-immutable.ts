import { denied, spoiled, unknown, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (vault: Readonly<Record<string, unknown>> = {}) => [...aws(), ...cloud({ vault })];

export const cases: readonly Case[] = [
  ['a lock that nobody can take off', world(), 'pass'],
  ['no lock', world({ locked: false, lockFinalAt: 'never', minimumDays: 0 }), 'fail'],
  ['a lock that some can take off', world({ lockFinalAt: 'never' }), 'fail'],
  ['a lock that can still be taken off today', world({ lockFinalAt: '2026-07-02T00:00:00Z' }), 'fail'],
  ['a lock without a least time', world({ minimumDays: 0 }), 'fail'],
  ['a least time that the policy finds too short', world(), 'fail', { leastDays: 30 }],
  ['it is not told whether there is a lock', world({ locked: unknown }), 'no-data'],
  ['it is not told when the lock is final', world({ lockFinalAt: unknown }), 'no-data'],
  ['it is not told whether it holds copies', world({ copies: unknown }), 'no-data'],
  ['a vault without a lock that holds nothing', world({ locked: false, copies: 0 }), 'not-applicable'],
  ['there are no vaults', spoiled(world(), 'aws/backup-vaults', { records: [] }), 'not-applicable'],
  ['vaults were refused', denied(world(), 'aws/backup-vaults'), 'no-data'],
];
