import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachOpenSnapshot, type OfOpenSnapshot } from './database-snapshots.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  DBSnapshotAttributes: z
    .array(z.object({ AttributeName: z.string(), AttributeValues: z.array(z.string()) }))
    .optional(),
});

/** With whom each snapshot of a database is shared that is not encrypted. */
export const databaseSnapshotAttributes = dataset.state({
  id: 'aws/database-snapshot-attributes',
  title: 'Sharing of snapshots of databases',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshotAttributes.html',
  permissions: ['rds:DescribeDBSnapshotAttributes'],
  personal: [],
  speaks: [speaks(DataStore, ['public'])],
  each: eachOpenSnapshot,
  requests: (_scope, { cloudAccount, region, name }) => [
    {
      service: 'rds',
      operation: 'DescribeDBSnapshotAttributes',
      input: { DBSnapshotIdentifier: name },
      account: cloudAccount,
      region,
    },
  ],
  lists: [
    dataset.one(
      '/DBSnapshotAttributesResult',
      Item,
      ({ DBSnapshotAttributes }, { parent }: OfOpenSnapshot) => {
        const restore = DBSnapshotAttributes?.find(({ AttributeName }) => AttributeName === 'restore');
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
