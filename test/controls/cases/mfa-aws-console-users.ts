import { type Case, unknown } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['with a second factor', aws(), 'pass'],
  ['without', aws({ user: { mfaEnabled: false } }), 'fail'],
  ['not told', aws({ user: { mfaEnabled: unknown } }), 'no-data'],
  ['nobody has a password', aws({ user: { consolePassword: false } }), 'not-applicable'],
];
