import { type Case, unknown, denied, spoiled } from '../told.ts';
import { code } from '../worlds/code.ts';

export const cases: readonly Case[] = [
  ['both are on', code(), 'pass'],
  ['secret scanning is off', code({ repository: { secretScanning: false } }), 'fail'],
  ['push protection is off', code({ repository: { pushProtection: false } }), 'fail'],
  ['GitHub does not show it', code({ repository: { pushProtection: unknown } }), 'no-data'],
  [
    'GitHub does not show one and the other is off',
    code({ repository: { pushProtection: unknown, secretScanning: false } }),
    'fail',
  ],
  [
    'the repository is archived',
    code({ repository: { archived: true, secretScanning: false } }),
    'not-applicable',
  ],
  ['whether it is archived is not told', code({ repository: { archived: unknown } }), 'no-data'],
  ['repositories are refused', denied(code(), 'github/repositories'), 'no-data'],
  [
    'repositories are cut',
    spoiled(code(), 'github/repositories', { partitions: { all: 'partial' } }),
    'no-data',
  ],
];
