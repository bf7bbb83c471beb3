import { type Case, unknown, denied, spoiled } from '../told.ts';
import { code } from '../worlds/code.ts';

const writes = { mayWrite: true };
const approved = { DK1: 'The platform team, to mirror the code' };

export const cases: readonly Case[] = [
  ['it may only read', code(), 'pass'],
  ['it may write', code({ key: writes }), 'fail'],
  ['it may write and is named', code({ key: writes }), 'pass', { approved }],
  [
    'it may write, is named and is old',
    code({ key: { ...writes, createdAt: '2025-06-29T00:00:00Z' } }),
    'fail',
    { approved },
  ],
  [
    'the policy allows it to be older',
    code({ key: { ...writes, createdAt: '2025-06-29T00:00:00Z' } }),
    'pass',
    { approved, maximumDays: 400 },
  ],
  ['another is named', code({ key: writes }), 'fail', { approved: { DK2: 'Nobody' } }],
  ['it may write and is switched off', code({ key: { ...writes, active: false } }), 'pass'],
  ['whether it may write is not told', code({ key: { mayWrite: unknown } }), 'no-data'],
  ['how old it is, is not told', code({ key: { ...writes, createdAt: unknown } }), 'no-data', { approved }],
  ['keys are refused', denied(code(), 'github/deploy-keys'), 'no-data'],
  ['there are proven to be none', spoiled(code(), 'github/deploy-keys', { records: [] }), 'not-applicable'],
];
