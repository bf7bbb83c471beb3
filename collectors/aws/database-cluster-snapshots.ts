import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  DBClusterSnapshotArn: z.string().min(1),
  DBClusterSnapshotIdentifier: z.string().min(1),
  Engine: z.string().optional(),
  SnapshotCreateTime: z.iso.datetime().optional(),
  StorageEncrypted: z.boolean().optional(),
  StorageEncryptionType: z.string().optional(),
});
type Item = z.output<typeof Item>;

/** Copies of clusters of databases that somebody made. Those that AWS makes by itself cannot be shared. */
export const databaseClusterSnapshots = dataset.state({
  id: 'aws/database-cluster-snapshots',
  title: 'Snapshots of clusters of databases',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html',
  permissions: ['rds:DescribeDBClusterSnapshots'],
  personal: ['account names'],
  speaks: [speaks(DataStore, ['cloudAccount', 'region', 'name', 'type', 'createdAt', 'engine', 'encrypted'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'rds',
      operation: 'DescribeDBClusterSnapshots',
      input: { SnapshotType: 'manual' },
      paging: pagedBy.marker,
    }),
  ],
  lists: [
    dataset.list('/DBClusterSnapshots', Item, (snapshot, { parent }: OfRegion) => [
      DataStore.record({
        id: snapshot.DBClusterSnapshotArn,
        ...placeOf(parent),
        name: snapshot.DBClusterSnapshotIdentifier,
        type: 'database-cluster-snapshot',
        createdAt: known(snapshot.SnapshotCreateTime, 'AWS does not tell it'),
        engine: known(snapshot.Engine, 'AWS does not tell it'),
        encrypted: encryptedOf(snapshot),
      }),
    ]),
  ],
});

/**
 * With a key of the vendor's own it is encrypted although AWS says that it is not.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBClusterSnapshot.html
 */
function encryptedOf({ StorageEncrypted, StorageEncryptionType: type }: Item): boolean | Unknown {
  if (type === 'sse-rds' || type === 'sse-kms') return true;
  return known(StorageEncrypted, 'AWS does not tell it');
}

/** Asked once for each, encrypted or not: the vendor's own keys keep nobody from sharing. */
export const eachClusterSnapshot = each(databaseClusterSnapshots, DataStore, [
  'cloudAccount',
  'region',
  'name',
]);
export type OfClusterSnapshot = Reading<Scope, Parameters<typeof eachClusterSnapshot.where>[0]>;
