import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];
const none = { database: { backupDays: 0 } };
const stale = { copied: { lastBackupAt: '2026-06-28T00:00:00Z' } };

export const cases: readonly Case[] = [
  ['daily copies are kept for a week', world(), 'pass'],
  ['no daily copies, and AWS Backup made one tonight', world(none), 'pass'],
  ['no daily copies, and the last one is of the day before yesterday', world({ ...none, ...stale }), 'fail'],
  [
    'the same where the policy allows two days more',
    world({ ...none, ...stale }),
    'pass',
    { maximumHours: 72 },
  ],
  [
    'copies that are kept for less than a week alone',
    world({ database: { backupDays: 6 }, ...stale }),
    'fail',
  ],
  [
    'no daily copies, and AWS Backup knows it not',
    spoiled(world(none), 'aws/protected-resources', { records: [] }),
    'fail',
  ],
  ['no daily copies, and AWS Backup was refused', denied(world(none), 'aws/protected-resources'), 'no-data'],
  ['the time of the last copy is not told', world({ ...none, copied: { lastBackupAt: unknown } }), 'no-data'],
  [
    'a copy that comes after the reading',
    world({ ...none, copied: { lastBackupAt: '2026-07-02T00:00:00Z' } }),
    'no-data',
  ],
  [
    'it is not told whether there are daily copies',
    world({ database: { backupDays: unknown }, ...stale }),
    'no-data',
  ],
  ['a copy of nobody knows what', world({ copied: { resource: unknown } }), 'no-data'],
  ['databases were refused', denied(world(), 'aws/database-instances'), 'no-data'],
  ['clusters that nobody was asked for', without(world(), 'aws/database-clusters'), 'no-data'],
];
