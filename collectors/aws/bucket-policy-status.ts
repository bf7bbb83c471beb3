import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachBucket, ofBucket, type OfBucket } from './buckets.ts';
import { dataset } from './scope.ts';

const Item = z.object({ IsPublic: z.boolean().optional() }).nullable();

/** Whether the policy of each bucket lets everybody in. Access lists of old are another way, which this does not see. */
export const bucketPolicyStatus = dataset.state({
  id: 'aws/bucket-policy-status',
  title: 'Buckets that a policy makes public',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html',
  permissions: ['s3:GetBucketPolicyStatus'],
  personal: [],
  speaks: [speaks(DataStore, ['publicPolicy'])],
  each: eachBucket,
  requests: (_scope, bucket) => [ofBucket(bucket, 'GetBucketPolicyStatus')],
  none: ({ code }) => code === 'NoSuchBucketPolicy',
  lists: [
    dataset.one('/PolicyStatus', Item, (status, { parent }: OfBucket) => [
      DataStore.record({
        id: parent.id,
        publicPolicy: status === null ? false : known(status.IsPublic, 'AWS does not tell it'),
      }),
    ]),
  ],
});
