import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachClusterSnapshot, type OfClusterSnapshot } from './database-cluster-snapshots.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  DBClusterSnapshotAttributes: z
    .array(z.object({ AttributeName: z.string(), AttributeValues: z.array(z.string()) }))
    .optional(),
});

/** With whom each snapshot of a cluster of databases is shared. */
export const databaseClusterSnapshotAttributes = dataset.state({
  id: 'aws/database-cluster-snapshot-attributes',
  title: 'Sharing of snapshots of clusters of databases',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshotAttributes.html',
  permissions: ['rds:DescribeDBClusterSnapshotAttributes'],
  personal: [],
  speaks: [speaks(DataStore, ['public'])],
  each: eachClusterSnapshot,
  requests: (_scope, { cloudAccount, region, name }) => [
    {
      service: 'rds',
      operation: 'DescribeDBClusterSnapshotAttributes',
      input: { DBClusterSnapshotIdentifier: name },
      account: cloudAccount,
      region,
    },
  ],
  lists: [
    dataset.one(
      '/DBClusterSnapshotAttributesResult',
      Item,
      ({ DBClusterSnapshotAttributes }, { parent }: OfClusterSnapshot) => {
        const restore = DBClusterSnapshotAttributes?.find(({ AttributeName }) => AttributeName === 'restore');
        return [
          DataStore.record({
            id: parent.id,
            public: known(restore?.AttributeValues.includes('all'), 'AWS does not tell who may restore it'),
          }),
        ];
      },
    ),
  ],
});
