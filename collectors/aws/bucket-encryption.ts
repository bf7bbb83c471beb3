import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachBucket, ofBucket, type OfBucket } from './buckets.ts';
import { dataset } from './scope.ts';

const Item = z
  .array(
    z.object({
      ApplyServerSideEncryptionByDefault: z
        .object({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() })
        .optional(),
    }),
  )
  .nullable();

/** How what is put into each bucket is encrypted where nobody says otherwise. */
export const bucketEncryption = dataset.state({
  id: 'aws/bucket-encryption',
  title: 'Encryption of buckets',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html',
  permissions: ['s3:GetEncryptionConfiguration'],
  personal: [],
  speaks: [speaks(DataStore, ['encrypted', 'key'])],
  each: eachBucket,
  requests: (_scope, bucket) => [ofBucket(bucket, 'GetBucketEncryption')],
  none: ({ code }) => code === 'ServerSideEncryptionConfigurationNotFoundError',
  lists: [
    dataset.one('/ServerSideEncryptionConfiguration/Rules', Item, (rules, { parent }: OfBucket) => {
      if (rules === null) return [DataStore.record({ id: parent.id, encrypted: false })];
      const [byDefault] = rules.flatMap((rule) => rule.ApplyServerSideEncryptionByDefault ?? []);
      return [
        DataStore.record({
          id: parent.id,
          encrypted: known(byDefault && true, 'AWS names no algorithm'),
          key:
            byDefault === undefined
              ? { unknown: 'AWS names no algorithm' }
              : (byDefault.KMSMasterKeyID ?? byDefault.SSEAlgorithm),
        }),
      ];
    }),
  ],
});
