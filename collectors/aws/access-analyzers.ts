import { z } from 'zod';
import { Scanner } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  arn: z.string().min(1),
  type: z.string().optional(),
  status: z.string().optional(),
});

/** What looks for access that reaches further than it should. One for unused access is paid for. */
export const accessAnalyzers = dataset.state({
  id: 'aws/access-analyzers',
  title: 'Access analyzers',
  docs: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListAnalyzers.html',
  permissions: ['access-analyzer:ListAnalyzers'],
  personal: [],
  speaks: [speaks(Scanner, ['cloudAccount', 'region', 'name', 'type', 'enabled', 'features'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'access-analyzer',
      operation: 'ListAnalyzers',
      paging: pagedBy.lowerNextToken,
    }),
  ],
  lists: [
    dataset.list('/analyzers', Item, ({ arn, type, status }, { parent }: OfRegion) => [
      Scanner.record({
        id: arn,
        ...placeOf(parent),
        name: 'Access Analyzer',
        type: 'access',
        enabled: known(status === undefined ? undefined : status === 'ACTIVE', 'AWS does not tell it'),
        features: known(type === undefined ? undefined : [type], 'AWS does not say what it looks for'),
      }),
    ]),
  ],
});

/** Asked once for each that works. */
export const eachAnalyzer = each(
  accessAnalyzers,
  Scanner,
  ['cloudAccount', 'region', 'enabled'],
  ({ enabled }) => enabled,
);
export type OfAnalyzer = Reading<Scope, Parameters<typeof eachAnalyzer.where>[0]>;
