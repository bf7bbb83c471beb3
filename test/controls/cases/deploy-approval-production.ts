import { type Case, unknown, denied, spoiled } from '../told.ts';
import { code } from '../worlds/code.ts';

const free = { approvalRequired: false };

export const cases: readonly Case[] = [
  ['somebody must approve', code(), 'pass'],
  ['nobody must', code({ environments: [{ name: 'production', ...free }] }), 'fail'],
  [
    'nobody must, of one of two',
    code({
      environments: [
        { name: 'eu', approvalRequired: true },
        { name: 'us', ...free },
      ],
    }),
    'fail',
  ],
  [
    'nobody must, and it is no production',
    code({ environments: [{ name: 'Staging', ...free }] }),
    'not-applicable',
  ],
  [
    'somebody must for production, and nobody for what is none',
    code({
      environments: [
        { name: 'production', approvalRequired: true },
        { name: 'test', ...free },
      ],
    }),
    'pass',
  ],
  [
    'the policy says that what is called so is production',
    code({ environments: [{ name: 'staging', ...free }] }),
    'fail',
    { notProduction: [] },
  ],
  [
    'whether somebody must is not told',
    code({ environments: [{ name: 'production', approvalRequired: unknown }] }),
    'no-data',
  ],
  ['what it is called is not told', code({ environments: [{ name: unknown, ...free }] }), 'no-data'],
  ['it has no environment', code({ environments: [] }), 'not-applicable'],
  ['it seems to have none', denied(code(), 'github/environments'), 'no-data'],
  [
    'environments are cut',
    spoiled(code(), 'github/environments', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'the repository is archived',
    code({ repository: { archived: true }, environments: [{ name: 'production', ...free }] }),
    'not-applicable',
  ],
];
