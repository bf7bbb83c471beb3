import { type Case, unknown, denied, spoiled } from '../told.ts';
import { code } from '../worlds/code.ts';

const active = { suspended: false };
const approved = { '901': 'The platform team, to deliver' };

export const cases: readonly Case[] = [
  ['it is suspended', code(), 'pass'],
  ['nobody named it', code({ app: active }), 'fail'],
  ['the policy names it', code({ app: active }), 'pass', { approved }],
  ['the policy names another', code({ app: active }), 'fail', { approved: { '902': 'Nobody' } }],
  [
    'nobody named it, and what it may is not told',
    code({ app: { ...active, permissions: unknown } }),
    'fail',
  ],
  ['which it is, is not told', code({ app: { ...active, program: unknown } }), 'no-data', { approved }],
  ['whether it is suspended is not told', code({ app: { suspended: unknown } }), 'no-data'],
  ['they are refused', denied(code(), 'github/app-installations'), 'no-data'],
  [
    'there are proven to be none',
    spoiled(code(), 'github/app-installations', { records: [] }),
    'not-applicable',
  ],
];
