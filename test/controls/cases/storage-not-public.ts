import { denied, more, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud, here } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];
const open = { publicAccessBlocked: false };
const publicSnapshot = {
  kind: 'data-store',
  id: 'snap-1',
  partition: here,
  cloudAccount: '111122223333',
  region: 'eu-west-1',
  type: 'public-volume-snapshot',
  public: true,
};

export const cases: readonly Case[] = [
  ['nothing is open', world(), 'pass'],
  ['a bucket that only its account keeps shut', world({ bucket: open }), 'pass'],
  ['a bucket that only it itself keeps shut', world({ blocked: false }), 'pass'],
  ['a bucket that nothing keeps shut', world({ bucket: open, blocked: false }), 'fail'],
  [
    'a bucket whose policy lets everybody in',
    world({ bucket: { ...open, publicPolicy: true }, blocked: false }),
    'fail',
  ],
  [
    'a public policy that the block of its account outdoes',
    world({ bucket: { ...open, publicPolicy: true } }),
    'pass',
  ],
  [
    'a bucket of which it is not known, in an account that does not',
    world({ bucket: { publicAccessBlocked: unknown }, blocked: false }),
    'no-data',
  ],
  [
    'an account of which it is not known, and a bucket that does not',
    denied(world({ bucket: open }), 'aws/account-public-access-blocks'),
    'no-data',
  ],
  [
    'buckets whose policies were refused',
    denied(world({ bucket: open, blocked: false }), 'aws/bucket-policy-status'),
    'fail',
  ],
  ['a database with a public address', world({ database: { public: true } }), 'fail'],
  ['a database of which it is not told', world({ database: { public: unknown } }), 'no-data'],
  ['a snapshot of a database that everybody may restore', world({ snapshot: { public: true } }), 'fail'],
  [
    'a snapshot of a volume that everybody may restore',
    more(world(), 'aws/public-snapshots', publicSnapshot),
    'fail',
  ],
  [
    'the same where the region lets nobody',
    more(world({ regionFields: { publicSnapshotsBlocked: 'all' } }), 'aws/public-snapshots', publicSnapshot),
    'pass',
  ],
  [
    'the same where the region stops new ones alone',
    more(world({ regionFields: { publicSnapshotsBlocked: 'new' } }), 'aws/public-snapshots', publicSnapshot),
    'fail',
  ],
  [
    'the same where it is not told of the region',
    more(
      world({ regionFields: { publicSnapshotsBlocked: unknown } }),
      'aws/public-snapshots',
      publicSnapshot,
    ),
    'no-data',
  ],
  ['snapshots of volumes that were refused', denied(world(), 'aws/public-snapshots'), 'no-data'],
  [
    'a snapshot of nobody knows what region',
    more(world(), 'aws/public-snapshots', { ...publicSnapshot, region: unknown }),
    'no-data',
  ],
  [
    'a thing of nobody knows what sort',
    more(world(), 'aws/buckets', { kind: 'data-store', id: 'x', partition: '111122223333', type: unknown }),
    'no-data',
  ],
  ['regions that were refused', denied(world(), 'aws/regions'), 'no-data'],
  [
    'a region of which it is not known whether it is on',
    world({ regionFields: { enabled: unknown } }),
    'no-data',
  ],
  ['databases that were refused', denied(world(), 'aws/database-instances'), 'no-data'],
  ['databases that nobody was asked for', without(world(), 'aws/database-instances'), 'no-data'],
  ['buckets that nobody was asked for', without(world(), 'aws/buckets'), 'no-data'],
];
