import type { AwsThing } from './cloud-model.ts';
import type { JsonCall } from './operation.ts';
import { besides, listing, one, tokens } from './regional.ts';
import type { Answer } from './wire.ts';

/** Those that somebody made, or those that AWS made, where only they are asked for. */
const ofType = ({ SnapshotType }: AwsThing, { input }: JsonCall) =>
  input['SnapshotType'] === undefined || SnapshotType === input['SnapshotType'];

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
      where: ofType,
      told: (thing) => besides(thing, 'restorableBy'),
    },
  ),
  DescribeDBClusterSnapshots: listing(
    'databaseClusterSnapshots',
    tokens.marker,
    (items) => ({ DBClusterSnapshots: { DBClusterSnapshot: items } }),
    { where: ofType, told: (thing) => besides(thing, 'restorableBy') },
  ),
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshotAttributes.html
  DescribeDBClusterSnapshotAttributes: one(
    'databaseClusterSnapshots',
    {
      field: 'DBClusterSnapshotIdentifier',
      asked: 'DBClusterSnapshotIdentifier',
      missing: 'DBClusterSnapshotNotFoundFault',
    },
    ({ DBClusterSnapshotIdentifier, restorableBy }) => ({
      DBClusterSnapshotAttributesResult: {
        DBClusterSnapshotIdentifier: String(DBClusterSnapshotIdentifier),
        DBClusterSnapshotAttributes: {
          DBClusterSnapshotAttribute: {
            AttributeName: 'restore',
            AttributeValues: { AttributeValue: restorableBy as string[] },
          },
        },
      },
    }),
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
