import { type Case, without, spoiled, denied } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['one trail for all', aws(), 'pass'],
  ['of one region', aws({ trail: { multiRegion: false } }), 'fail'],
  ['none', spoiled(without(aws(), 'aws/trail-status'), 'aws/trails', { records: [] }), 'fail'],
  ['its status is refused', denied(aws(), 'aws/trail-status'), 'no-data'],
  ['trails are refused', denied(aws(), 'aws/trails'), 'no-data'],
  ['the account is closed', aws({ state: 'SUSPENDED' }), 'not-applicable'],
];
