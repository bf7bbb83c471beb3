import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachBucket, ofBucket, type OfBucket } from './buckets.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  Status: z.enum(['Enabled', 'Suspended']).optional(),
  MFADelete: z.enum(['Enabled', 'Disabled']).optional(),
});

/** Whether former states of what is in each bucket are kept. */
export const bucketVersioning = dataset.state({
  id: 'aws/bucket-versioning',
  title: 'Versioning of buckets',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html',
  permissions: ['s3:GetBucketVersioning'],
  personal: [],
  speaks: [speaks(DataStore, ['versioned', 'mfaDelete'])],
  each: eachBucket,
  requests: (_scope, bucket) => [ofBucket(bucket, 'GetBucketVersioning')],
  lists: [
    dataset.one('', Item, ({ Status, MFADelete }, { parent }: OfBucket) => [
      // Where nobody ever switched them on the answer is empty, as that page of the vendor says.
      DataStore.record({
        id: parent.id,
        versioned: Status === 'Enabled',
        mfaDelete: MFADelete === 'Enabled',
      }),
    ]),
  ],
});
