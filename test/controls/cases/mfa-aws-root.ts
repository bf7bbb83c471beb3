import { type Case, denied } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['root has a second factor', aws(), 'pass'],
  ['summary and report disagree', aws({ summary: { mfaEnabled: false } }), 'no-data'],
  ['root is in no reading', denied(denied(aws(), 'aws/credential-report'), 'aws/account-summary'), 'no-data'],
  ['the account is closed', aws({ state: 'SUSPENDED' }), 'not-applicable'],
];
