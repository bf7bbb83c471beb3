import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachBucket, ofBucket, type OfBucket } from './buckets.ts';
import { dataset } from './scope.ts';

const words = { COMPLIANCE: 'by-nobody', GOVERNANCE: 'by-few' } as const;

const Item = z
  .object({
    Rule: z
      .object({
        DefaultRetention: z.object({ Mode: z.enum(['COMPLIANCE', 'GOVERNANCE']) }).optional(),
      })
      .optional(),
  })
  .nullable();

/** Whether what is put into each bucket can be deleted before its time. A time that is set of one object is not seen. */
export const bucketObjectLock = dataset.state({
  id: 'aws/bucket-object-lock',
  title: 'Locks of buckets',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html',
  permissions: ['s3:GetBucketObjectLockConfiguration'],
  personal: [],
  speaks: [speaks(DataStore, ['locked'])],
  each: eachBucket,
  requests: (_scope, bucket) => [ofBucket(bucket, 'GetObjectLockConfiguration')],
  none: ({ code }) => code === 'ObjectLockConfigurationNotFoundError',
  lists: [
    dataset.one('/ObjectLockConfiguration', Item, (lock, { parent }: OfBucket) => {
      const mode = lock?.Rule?.DefaultRetention?.Mode;
      return [DataStore.record({ id: parent.id, locked: mode === undefined ? 'no' : words[mode] })];
    }),
  ],
});
