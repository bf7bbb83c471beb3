import { z } from 'zod';
import { ConfigurationAggregator } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const AllRegions = z.object({ AllAwsRegions: z.boolean().optional() });
const Item = z.object({
  ConfigurationAggregatorArn: z.string().min(1),
  ConfigurationAggregatorName: z.string().optional(),
  AccountAggregationSources: z
    .array(z.object({ AccountIds: z.array(z.string()), ...AllRegions.shape }))
    .optional(),
  OrganizationAggregationSource: AllRegions.optional(),
});
type Item = z.output<typeof Item>;

/** From where AWS Config gathers what it writes down. */
export const configAggregators = dataset.state({
  id: 'aws/config-aggregators',
  title: 'Configuration aggregators',
  docs: 'https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationAggregators.html',
  permissions: ['config:DescribeConfigurationAggregators'],
  tier: 'full',
  personal: [],
  speaks: [
    speaks(ConfigurationAggregator, ['cloudAccount', 'region', 'name', 'of', 'accounts', 'allRegions'], {
      lists: true,
    }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'config',
      operation: 'DescribeConfigurationAggregators',
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/ConfigurationAggregators', Item, (aggregator, { parent }: OfRegion) => [
      ConfigurationAggregator.record({
        id: aggregator.ConfigurationAggregatorArn,
        ...placeOf(parent),
        name: known(aggregator.ConfigurationAggregatorName, 'AWS does not tell it'),
        ...gatheredBy(aggregator),
      }),
    ]),
  ],
});

/** It has sources of one sort or of the other. */
function gatheredBy({
  OrganizationAggregationSource: organization,
  AccountAggregationSources: sources = [],
}: Item): {
  readonly of: 'organization' | 'accounts' | Unknown;
  readonly accounts: string[] | Unknown;
  readonly allRegions: boolean | Unknown;
} {
  const reason = 'AWS does not tell it';
  if (organization)
    return {
      of: 'organization',
      accounts: { unknown: 'it names none: they are those of the organisation' },
      allRegions: known(organization.AllAwsRegions, reason),
    };
  if (sources.length === 0)
    return { of: { unknown: reason }, accounts: { unknown: reason }, allRegions: { unknown: reason } };
  return {
    of: 'accounts',
    accounts: [...new Set(sources.flatMap(({ AccountIds }) => AccountIds))],
    allRegions: sources.some(({ AllAwsRegions }) => AllAwsRegions === undefined)
      ? { unknown: reason }
      : sources.every(({ AllAwsRegions }) => AllAwsRegions),
  };
}
