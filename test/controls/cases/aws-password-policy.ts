import { type Case, denied } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['long enough', aws(), 'pass'],
  ['short', aws({ policy: { minimumLength: 8 } }), 'fail'],
  ['none', aws({ policy: { set: false } }), 'fail'],
  ['refused', denied(aws(), 'aws/password-policy'), 'no-data'],
  ['who has one was refused', denied(aws(), 'aws/credential-report'), 'no-data'],
  ['nobody has a password', aws({ user: { consolePassword: false } }), 'not-applicable'],
];
