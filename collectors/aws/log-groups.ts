import { z } from 'zod';
import { LogGroup } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  arn: z.string().min(1),
  logGroupName: z.string().optional(),
  retentionInDays: z.int().optional(),
  logGroupClass: z.string().optional(),
});
type Item = z.output<typeof Item>;

/** Where CloudWatch keeps logs, and for how long. */
export const logGroups = dataset.state({
  id: 'aws/log-groups',
  title: 'Log groups',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html',
  permissions: ['logs:DescribeLogGroups'],
  personal: [],
  speaks: [speaks(LogGroup, ['cloudAccount', 'region', 'name', 'keptDays'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'logs',
      operation: 'DescribeLogGroups',
      input: { limit: 50 },
      paging: pagedBy.lowerNextToken,
    }),
  ],
  lists: [
    dataset.list('/logGroups', Item, (group, { parent }: OfRegion) => [
      LogGroup.record({
        id: group.arn,
        ...placeOf(parent),
        name: known(group.logGroupName, 'AWS does not tell it'),
        keptDays: keptDaysOf(group),
      }),
    ]),
  ],
});

/**
 * Of those that never expire AWS names no days; of classes that are only for delivery the days are fixed, and named
 * neither. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
 */
function keptDaysOf({ retentionInDays, logGroupClass = '' }: Item): number | 'for-ever' | Unknown {
  if (retentionInDays !== undefined) return retentionInDays;
  return ['STANDARD', 'INFREQUENT_ACCESS'].includes(logGroupClass)
    ? 'for-ever'
    : { unknown: 'AWS names no days, and no class that keeps logs for ever without them' };
}
