import { z } from 'zod';
import { AuditTrail } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset, type Request, type Scope } from './scope.ts';

const Item = z.object({
  TrailARN: z.string().min(1),
  Name: z.string().optional(),
  HomeRegion: z.string().optional(),
  IsMultiRegionTrail: z.boolean().optional(),
  LogFileValidationEnabled: z.boolean().optional(),
  S3BucketName: z.string().optional(),
  CloudWatchLogsLogGroupArn: z.string().optional(),
});

/**
 * The trails that write in the configured region: each trail for all regions, wherever its home, and those of the
 * organisation. A trail of another region alone is not here, so that it lists those for all regions and no others.
 */
export const trails = dataset.state({
  id: 'aws/trails',
  title: 'CloudTrail trails',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html',
  permissions: ['cloudtrail:DescribeTrails'],
  personal: [],
  speaks: [
    speaks(
      AuditTrail,
      [
        ...(['cloudAccount', 'owner', 'name', 'homeRegion'] as const),
        ...(['multiRegion', 'fileValidation', 'bucket', 'logGroup'] as const),
      ],
      { lists: { multiRegion: [true] } },
    ),
  ],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    {
      service: 'cloudtrail',
      operation: 'DescribeTrails',
      input: { includeShadowTrails: true },
      account: id,
    },
  ],
  lists: [
    dataset.list('/trailList', Item, (trail, { scope, parent }: OfAccount) => {
      const reason = 'CloudTrail does not tell it';
      return [
        AuditTrail.record({
          // A trail of the organisation is seen in every account, each of which may be refused it.
          id: `${parent.id}|${trail.TrailARN}`,
          cloudAccount: parent.id,
          owner: known(ownerOf(trail.TrailARN), reason),
          name: known(trail.Name, reason),
          homeRegion: known(trail.HomeRegion, reason),
          multiRegion: known(trail.IsMultiRegionTrail, reason),
          fileValidation: known(trail.LogFileValidationEnabled, reason),
          bucket: known(trail.S3BucketName && `arn:${scope.partition}:s3:::${trail.S3BucketName}`, reason),
          logGroup: known(trail.CloudWatchLogsLogGroupArn, 'CloudTrail names none'),
        }),
      ];
    }),
  ],
});

/** The account whose trail it is: one of the organisation is another's in most accounts that see it. */
function ownerOf(arn: string): string | undefined {
  return /^arn:[^:]+:cloudtrail:[^:]+:(\d{12}):trail\//.exec(arn)?.[1];
}

/** Asked once for every trail that an account sees. */
export const eachTrail = each(trails, AuditTrail, ['cloudAccount', 'homeRegion']);

/** What an item of such a question is read with. */
export type OfTrail = Reading<Scope, Parameters<typeof eachTrail.where>[0]>;

/**
 * A question about one trail: by its ARN, which a trail of another account needs, and in its home region, where it can
 * be asked about whatever its kind.
 */
export function trailRequest(
  trail: { readonly id: string; readonly cloudAccount: string; readonly homeRegion: string },
  operation: 'GetTrailStatus' | 'GetEventSelectors',
  field: 'Name' | 'TrailName',
): Request {
  const arn = trail.id.slice(trail.id.indexOf('|') + 1);
  // Members of an organisation learn the status of its trail, but its selectors are told to their owner alone.
  const owner = ownerOf(arn) ?? trail.cloudAccount;
  return {
    service: 'cloudtrail',
    operation,
    input: { [field]: arn },
    account: operation === 'GetEventSelectors' ? owner : trail.cloudAccount,
    region: trail.homeRegion,
  };
}
