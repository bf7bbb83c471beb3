import type { JsonCall } from './operation.ts';
import { besides, listing, one, tokens } from './regional.ts';
import type { Answer } from './wire.ts';

/** The operations of RDS. */
export const rdsOperations: Readonly<Record<string, (call: JsonCall) => Answer>> = {
  DescribeDBInstances: listing('databases', tokens.marker, (items) => ({
    DBInstances: { DBInstance: items },
  })),
  DescribeDBClusters: listing('databaseClusters', tokens.marker, (items) => ({
    DBClusters: { DBCluster: items },
  })),
  DescribeDBSnapshots: listing(
    'databaseSnapshots',
    tokens.marker,
    (items) => ({ DBSnapshots: { DBSnapshot: items } }),
    {
      where: ({ SnapshotType }, { input }) =>
        input['SnapshotType'] === undefined || SnapshotType === input['SnapshotType'],
      told: (thing) => besides(thing, 'restorableBy'),
    },
  ),
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshotAttributes.html
  DescribeDBSnapshotAttributes: one(
    'databaseSnapshots',
    { field: 'DBSnapshotIdentifier', asked: 'DBSnapshotIdentifier', missing: 'DBSnapshotNotFound' },
    ({ DBSnapshotIdentifier, restorableBy }) => ({
      DBSnapshotAttributesResult: {
        DBSnapshotIdentifier: String(DBSnapshotIdentifier),
        DBSnapshotAttributes: {
          DBSnapshotAttribute: {
            AttributeName: 'restore',
            AttributeValues: { AttributeValue: restorableBy as string[] },
          },
        },
      },
    }),
  ),
};
