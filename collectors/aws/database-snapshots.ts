import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  DBSnapshotArn: z.string().min(1),
  DBSnapshotIdentifier: z.string().min(1),
  Engine: z.string().optional(),
  SnapshotCreateTime: z.iso.datetime().optional(),
  Encrypted: z.boolean().optional(),
});

/** Copies of databases that somebody made. Those that AWS makes by itself cannot be shared. */
export const databaseSnapshots = dataset.state({
  id: 'aws/database-snapshots',
  title: 'Snapshots of databases',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html',
  permissions: ['rds:DescribeDBSnapshots'],
  personal: ['account names'],
  speaks: [
    speaks(
      DataStore,
      [
        ...(['cloudAccount', 'region', 'name', 'type', 'createdAt', 'engine'] as const),
        ...(['encrypted', 'public'] as const),
      ],
      { lists: { type: ['database-snapshot'] } },
    ),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'rds',
      operation: 'DescribeDBSnapshots',
      input: { SnapshotType: 'manual' },
      paging: pagedBy.marker,
    }),
  ],
  lists: [
    dataset.list('/DBSnapshots', Item, (snapshot, { parent }: OfRegion) => {
      const { DBSnapshotArn, DBSnapshotIdentifier, Engine, SnapshotCreateTime, Encrypted } = snapshot;
      return [
        DataStore.record({
          id: DBSnapshotArn,
          ...placeOf(parent),
          name: DBSnapshotIdentifier,
          type: 'database-snapshot',
          createdAt: known(SnapshotCreateTime, 'AWS does not tell it'),
          engine: known(Engine, 'AWS does not tell it'),
          encrypted: known(Encrypted, 'AWS does not tell it'),
          // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html: an encrypted one cannot be.
          public: Encrypted === true ? false : { unknown: 'with whom it is shared is asked of each' },
        }),
      ];
    }),
  ],
});

/** Asked once for each that could be public. */
export const eachOpenSnapshot = each(
  databaseSnapshots,
  DataStore,
  ['cloudAccount', 'region', 'name', 'encrypted'],
  ({ encrypted }) => !encrypted,
);

export type OfOpenSnapshot = Reading<Scope, Parameters<typeof eachOpenSnapshot.where>[0]>;
