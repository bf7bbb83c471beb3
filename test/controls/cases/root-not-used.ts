import { denied, more, unknown, type Case } from '../told.ts';
import { aws, root } from '../worlds.ts';

const used = (passwordLastUsedAt: unknown) => aws({ rootUser: { passwordLastUsedAt } });
const key = (fields: Readonly<Record<string, unknown>>) =>
  more(aws(), 'aws/credential-report', {
    kind: 'credential',
    id: `${root}/access-key-1`,
    partition: '111122223333',
    cloudAccount: '111122223333',
    account: root,
    type: 'access-key',
    active: true,
    rotatedAt: '2026-01-01T00:00:00Z',
    lastUsedAt: '2026-01-02T00:00:00Z',
    ...fields,
  });
const nothing = { passwordPresent: false, accessKeysPresent: false, signingCertificatesPresent: false };

export const cases: readonly Case[] = [
  ['root was last used half a year ago', aws(), 'pass'],
  ['root was never used', used('never'), 'pass'],
  ['root was used last week', used('2026-06-22T00:00:00Z'), 'fail'],
  [
    'root was used last month, and the policy wants longer',
    used('2026-05-22T00:00:00Z'),
    'fail',
    { leastDays: 90 },
  ],
  ['root was used exactly so long ago', used('2026-05-31T03:00:00Z'), 'fail'],
  ['root was used a day longer ago', used('2026-05-30T03:00:00Z'), 'pass'],
  ['root is used after the reading', used('2026-07-02T00:00:00Z'), 'no-data'],
  ['it is not told when root was used', used(unknown), 'no-data'],
  [
    'it is not told, and root has nothing to sign in with',
    aws({ rootUser: { passwordLastUsedAt: unknown }, summary: nothing }),
    'pass',
  ],
  [
    'the same with a password',
    aws({ rootUser: { passwordLastUsedAt: unknown }, summary: { ...nothing, passwordPresent: true } }),
    'no-data',
  ],
  ['an old key of root', key({}), 'pass'],
  ['a key of root that was used yesterday', key({ lastUsedAt: '2026-06-29T00:00:00Z' }), 'fail'],
  ['the same key, switched off', key({ active: false, lastUsedAt: '2026-06-29T00:00:00Z' }), 'fail'],
  ['a key of root of which it is not told', key({ lastUsedAt: unknown }), 'no-data'],
  ['a key of nobody knows whom', key({ account: unknown }), 'no-data'],
  [
    'a key of somebody else',
    key({ account: 'arn:aws:iam::111122223333:user/ada', lastUsedAt: '2026-06-29T00:00:00Z' }),
    'pass',
  ],
  [
    'a suspended account',
    aws({ state: 'SUSPENDED', rootUser: { passwordLastUsedAt: '2026-06-29T00:00:00Z' } }),
    'not-applicable',
  ],
  ['the report was refused', denied(aws(), 'aws/credential-report'), 'no-data'],
];
