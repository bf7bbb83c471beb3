import { type Case, unknown, denied, without } from '../told.ts';
import { code } from '../worlds/code.ts';

const classic = { type: 'classic-token', expiresAt: '2026-08-01T00:00:00.000Z' };

export const cases: readonly Case[] = [
  ['it ends within a year', code(), 'pass'],
  ['it ends later', code({ token: { expiresAt: '2028-01-01T00:00:00.000Z' } }), 'fail'],
  ['it never ends', code({ token: { expiresAt: 'never' } }), 'fail'],
  ['it has ended', code({ token: { expiresAt: '2026-06-01T00:00:00.000Z' } }), 'not-applicable'],
  ['the policy allows it a month', code(), 'fail', { maximumDays: 30 }],
  ['another is a classic one', code({ classicToken: classic }), 'fail'],
  [
    'another is a classic one, which the policy allows',
    code({ classicToken: classic }),
    'pass',
    { allowClassic: true },
  ],
  [
    'another is a classic one that never ends',
    code({ classicToken: { ...classic, expiresAt: 'never' } }),
    'fail',
    { allowClassic: true },
  ],
  ['another is a program’s', code({ classicToken: { type: 'app-token', expiresAt: 'never' } }), 'pass'],
  ['when it ends is not told', code({ token: { expiresAt: unknown } }), 'no-data'],
  ['what it is, is not told', code({ token: { type: unknown } }), 'no-data'],
  [
    'there is no single sign-on that would show classic ones',
    denied(code(), 'github/credential-authorizations'),
    'no-data',
  ],
  [
    'nobody consented to read them',
    without(without(code(), 'github/credential-authorizations'), 'github/personal-access-tokens'),
    'no-data',
  ],
];
