import { DataStore } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachBucket, ofBucket, type OfBucket } from './buckets.ts';
import { blocked, PublicAccessBlock } from './public-access-block.ts';
import { dataset } from './scope.ts';

/** Whether each bucket can be made public, as far as it is set of the bucket itself. */
export const bucketPublicAccessBlocks = dataset.state({
  id: 'aws/bucket-public-access-blocks',
  title: 'Block of public buckets, by bucket',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html',
  permissions: ['s3:GetBucketPublicAccessBlock'],
  personal: [],
  speaks: [speaks(DataStore, ['publicAccessBlocked'])],
  each: eachBucket,
  requests: (_scope, bucket) => [ofBucket(bucket, 'GetPublicAccessBlock')],
  none: ({ code }) => code === 'NoSuchPublicAccessBlockConfiguration',
  lists: [
    dataset.one('/PublicAccessBlockConfiguration', PublicAccessBlock, (block, { parent }: OfBucket) => [
      DataStore.record({ id: parent.id, publicAccessBlocked: blocked(block) }),
    ]),
  ],
});
