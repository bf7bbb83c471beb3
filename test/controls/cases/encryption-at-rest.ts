import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];
const plain = { encrypted: false };

export const cases: readonly Case[] = [
  ['all is encrypted', world(), 'pass'],
  ['a bucket that is not', world({ bucket: plain }), 'fail'],
  ['a volume that is not', world({ store: plain }), 'fail'],
  ['a database that is not', world({ database: plain }), 'fail'],
  ['a snapshot of a database that is not', world({ snapshot: plain }), 'fail'],
  ['a volume of which it is not told', world({ store: { encrypted: unknown } }), 'no-data'],
  [
    'a region that holds a volume and encrypts new ones only if asked',
    world({ regionFields: { volumeEncryptionDefault: false } }),
    'fail',
  ],
  [
    'the same in a region that holds no volume',
    spoiled(world({ regionFields: { volumeEncryptionDefault: false } }), 'aws/volumes', { records: [] }),
    'pass',
  ],
  [
    'the same where volumes were refused',
    denied(world({ regionFields: { volumeEncryptionDefault: false } }), 'aws/volumes'),
    'no-data',
  ],
  [
    'a region of which it is not told',
    world({ regionFields: { volumeEncryptionDefault: unknown } }),
    'no-data',
  ],
  ['a region that is not switched on alone', world({ regionFields: { enabled: false } }), 'pass'],
  ['buckets that were refused', denied(world(), 'aws/bucket-encryption'), 'no-data'],
  ['clusters of databases that nobody was asked for', without(world(), 'aws/database-clusters'), 'no-data'],
];
