import { type Case, unknown, denied } from '../told.ts';
import { github } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['it is required', github(), 'pass'],
  ['it is not', github({ organization: { mfaRequired: false } }), 'fail'],
  ['GitHub answers null', github({ organization: { mfaRequired: unknown } }), 'no-data'],
  ['nothing was read', denied(github(), 'github/organization'), 'no-data'],
];
