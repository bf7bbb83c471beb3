import { type Case, unknown, denied, spoiled } from '../told.ts';
import { code } from '../worlds/code.ts';

const open = { visibility: 'public' };

export const cases: readonly Case[] = [
  ['it is private', code(), 'pass'],
  ['the enterprise may see it', code({ repository: { visibility: 'internal' } }), 'pass'],
  ['it is public', code({ repository: open }), 'fail'],
  ['it is public and named', code({ repository: open }), 'pass', { approved: ['Larkspur/App'] }],
  ['it is public and another is named', code({ repository: open }), 'fail', { approved: ['larkspur/site'] }],
  ['it is public and archived', code({ repository: { ...open, archived: true } }), 'fail'],
  ['it is not told who may see it', code({ repository: { visibility: unknown } }), 'no-data'],
  ['it is public and its name is not told', code({ repository: { ...open, name: unknown } }), 'no-data'],
  ['repositories are refused', denied(code(), 'github/repositories'), 'no-data'],
  [
    'repositories are cut',
    spoiled(code(), 'github/repositories', { partitions: { all: 'truncated' } }),
    'no-data',
  ],
];
