import { type Case, unknown } from '../told.ts';
import { github } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['read, and nothing more', github(), 'pass'],
  ['write', github({ organization: { basePermission: 'write' } }), 'fail'],
  ['members delete', github({ organization: { membersCanDeleteRepositories: true } }), 'fail'],
  ['one setting is not told', github({ organization: { membersCanDeleteRepositories: unknown } }), 'no-data'],
  [
    'one is not told and another fails',
    github({ organization: { membersCanDeleteRepositories: unknown, basePermission: 'admin' } }),
    'fail',
  ],
];
