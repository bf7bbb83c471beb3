import { type Case, without, spoiled, more, denied } from '../told.ts';
import { github } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['nobody is listed as lacking it', github(), 'pass'],
  [
    'one is',
    more(github(), 'github/members-2fa-disabled', {
      kind: 'account',
      id: '12',
      name: 'cleo',
      mfaEnabled: false,
    }),
    'fail',
  ],
  [
    'one uses SMS',
    more(github(), 'github/members-2fa-insecure', {
      kind: 'account',
      id: '12',
      name: 'cleo',
      mfaSecure: false,
    }),
    'fail',
  ],
  ['the filter is refused', denied(github(), 'github/members-2fa-disabled'), 'no-data'],
  ['the filter was not asked', without(github(), 'github/members-2fa-insecure'), 'no-data'],
  [
    'the filter was read before the members',
    spoiled(github(), 'github/members-2fa-disabled', { startedAt: '2026-06-30T02:00:00.000Z' }),
    'no-data',
  ],
  ['members are cut', spoiled(github(), 'github/members', { partitions: { all: 'partial' } }), 'no-data'],
  ['there are proven to be none', spoiled(github(), 'github/members', { records: [] }), 'not-applicable'],
];
