import { denied, type Case, unknown } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['used yesterday', aws(), 'pass'],
  ['not for fifty days', aws({ key: { lastUsedAt: '2026-05-01T00:00:00Z' } }), 'fail'],
  [
    'never, and sixty days old',
    aws({ key: { lastUsedAt: 'never', rotatedAt: '2026-05-01T00:00:00Z' } }),
    'fail',
  ],
  [
    'a password not used for fifty days',
    aws({ user: { passwordLastUsedAt: '2026-05-01T00:00:00Z' } }),
    'fail',
  ],
  [
    'not for fifty days, and since when it is there is not told',
    aws({ key: { lastUsedAt: '2026-05-01T00:00:00Z', rotatedAt: unknown } }),
    'fail',
  ],
  [
    'never, and since when it is there is not told',
    aws({ key: { lastUsedAt: 'never', rotatedAt: unknown } }),
    'no-data',
  ],
  ['the report was refused', denied(aws(), 'aws/credential-report'), 'no-data'],
  ['not told', aws({ key: { lastUsedAt: unknown } }), 'no-data'],
  [
    'neither key nor password',
    aws({ key: { active: false }, user: { consolePassword: false } }),
    'not-applicable',
  ],
];
