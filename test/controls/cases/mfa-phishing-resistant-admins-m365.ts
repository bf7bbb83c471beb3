import { type Case } from '../told.ts';
import { microsoft365 } from '../worlds.ts';

export const cases: readonly Case[] = [
  [
    'security defaults ask for any factor',
    microsoft365({ policy: { state: 'disabled' }, defaults: 'enabled' }),
    'fail',
  ],
  ...(
    [
      ['a strength that resists phishing', { grants: [], strength: 'unphishable' }, 'pass'],
      ['any second factor', {}, 'fail'],
      ['a strength that was not read', { grants: [], strength: 'another' }, 'no-data'],
    ] as const
  ).map(([what, policy, status]) => [what, microsoft365({ policy }), status] as const),
];
