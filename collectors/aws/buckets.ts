import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { pagedBy } from './pages.ts';
import { dataset, type Request, type Scope } from './scope.ts';

const Item = z.object({
  Name: z.string().min(1),
  BucketRegion: z.string().optional(),
  CreationDate: z.iso.datetime().optional(),
});

/** The buckets of every account, in whatever region each stands. */
export const buckets = dataset.state({
  id: 'aws/buckets',
  title: 'Buckets',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html',
  permissions: ['s3:ListAllMyBuckets'],
  personal: [],
  speaks: [
    speaks(DataStore, ['cloudAccount', 'region', 'name', 'type', 'createdAt'], {
      lists: { type: ['bucket'] },
    }),
  ],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    {
      service: 's3',
      operation: 'ListBuckets',
      // Only who asks for pages is told the region of each.
      input: { MaxBuckets: 1000 },
      account: id,
      paging: pagedBy.continuationToken,
    },
  ],
  lists: [
    dataset.list('/Buckets', Item, ({ Name, BucketRegion, CreationDate }, { scope, parent }: OfAccount) => [
      DataStore.record({
        id: `arn:${scope.partition}:s3:::${Name}`,
        cloudAccount: parent.id,
        region: known(BucketRegion, 'AWS does not say where the bucket is'),
        name: Name,
        type: 'bucket',
        createdAt: known(CreationDate, 'AWS does not tell it'),
      }),
    ]),
  ],
});

/** Asked once for each bucket, where it stands: what is refused of one is open of that one alone. */
export const eachBucket = each(buckets, DataStore, ['cloudAccount', 'region', 'name']);

type BucketOf = Parameters<typeof eachBucket.where>[0];
export type OfBucket = Reading<Scope, BucketOf>;

/** A question about one bucket. */
export function ofBucket({ cloudAccount, region, name }: BucketOf, operation: string): Request {
  return { service: 's3', operation, input: { Bucket: name }, account: cloudAccount, region };
}
