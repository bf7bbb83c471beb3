import { type Case, denied } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['none', aws(), 'pass'],
  ['summary and report disagree', aws({ summary: { accessKeysPresent: true } }), 'no-data'],
  ['the report is refused', denied(aws(), 'aws/credential-report'), 'no-data'],
];
