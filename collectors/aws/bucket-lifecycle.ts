import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachBucket, ofBucket, type OfBucket } from './buckets.ts';
import { dataset } from './scope.ts';

const Rule = z.object({
  Status: z.enum(['Enabled', 'Disabled']),
  Expiration: z
    .object({
      Days: z.int().optional(),
      Date: z.iso.datetime().optional(),
      ExpiredObjectDeleteMarker: z.boolean().optional(),
    })
    .optional(),
});
const Item = z.array(Rule).nullable();

/** After how many days a rule of each bucket deletes something in it. What only former states meet is not told. */
export const bucketLifecycle = dataset.state({
  id: 'aws/bucket-lifecycle',
  title: 'Lifecycle of buckets',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html',
  permissions: ['s3:GetLifecycleConfiguration'],
  personal: [],
  speaks: [speaks(DataStore, ['deletesAfterDays'])],
  each: eachBucket,
  requests: (_scope, bucket) => [ofBucket(bucket, 'GetBucketLifecycleConfiguration')],
  none: ({ code }) => code === 'NoSuchLifecycleConfiguration',
  lists: [
    dataset.one('/Rules', Item, (rules, { parent }: OfBucket) => [
      DataStore.record({ id: parent.id, deletesAfterDays: rules === null ? 'never' : leastOf(rules) }),
    ]),
  ],
});

/** The least of all rules that hold, whatever part of the bucket each is about. */
function leastOf(rules: readonly z.output<typeof Rule>[]): number | 'never' | Unknown {
  const deleting = rules.flatMap(({ Status, Expiration }) =>
    Status === 'Enabled' && Expiration && Expiration.ExpiredObjectDeleteMarker !== true ? [Expiration] : [],
  );
  if (deleting.length === 0) return 'never';
  const days = deleting.flatMap(({ Days }) => Days ?? []);
  return days.length === deleting.length
    ? Math.min(...days)
    : { unknown: 'a rule deletes at a date, or does not say when' };
}
