import { z } from 'zod';
import { LogFilter } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  filterName: z.string().min(1),
  logGroupName: z.string().min(1),
  filterPattern: z.string().optional(),
  metricTransformations: z
    .array(z.object({ metricNamespace: z.string(), metricName: z.string() }))
    .optional(),
});

/** What counts lines of logs, such as those about the root user, so that an alarm can watch their number. */
export const metricFilters = dataset.state({
  id: 'aws/metric-filters',
  title: 'Metric filters',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html',
  permissions: ['logs:DescribeMetricFilters'],
  tier: 'full',
  personal: [],
  speaks: [
    speaks(LogFilter, ['cloudAccount', 'region', 'name', 'logGroup', 'pattern', 'metrics'], { lists: true }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'logs',
      operation: 'DescribeMetricFilters',
      input: { limit: 50 },
      paging: pagedBy.lowerNextToken,
    }),
  ],
  lists: [
    dataset.list('/metricFilters', Item, (filter, { parent }: OfRegion) => {
      const metrics = filter.metricTransformations?.map(
        ({ metricNamespace, metricName }) => `${metricNamespace}/${metricName}`,
      );
      return [
        LogFilter.record({
          id: `${parent.id}|${filter.logGroupName}|${filter.filterName}`,
          ...placeOf(parent),
          name: filter.filterName,
          logGroup: filter.logGroupName,
          pattern: known(filter.filterPattern, 'AWS does not tell it'),
          metrics: known(metrics, 'AWS does not tell them'),
        }),
      ];
    }),
  ],
});
