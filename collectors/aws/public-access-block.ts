import { z } from 'zod';
import { type Unknown } from '../../evidence-model/unknown.ts';

/** The four switches against buckets that everybody can see: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export const PublicAccessBlock = z
  .object({
    BlockPublicAcls: z.boolean().optional(),
    IgnorePublicAcls: z.boolean().optional(),
    BlockPublicPolicy: z.boolean().optional(),
    RestrictPublicBuckets: z.boolean().optional(),
  })
  .nullable();

/**
 * Whether nothing can be made public any more, nor is any of what was: that takes all four. `null` is the vendor's
 * answer where nobody ever set any.
 */
export function blocked(block: z.output<typeof PublicAccessBlock>): boolean | Unknown {
  if (block === null) return false;
  const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = block;
  const switches = [BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets];
  if (switches.includes(false)) return false;
  return switches.includes(undefined) ? { unknown: 'AWS does not tell all of its four switches' } : true;
}
