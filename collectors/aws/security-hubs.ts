import { z } from 'zod';
import { Scanner } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({ HubArn: z.string().min(1) });

/**
 * Where Security Hub is switched on. Where it is not, AWS answers as it does to those who may not know, so that nothing
 * is known there: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
 */
export const securityHubs = dataset.state({
  id: 'aws/security-hubs',
  title: 'Security Hub',
  docs: 'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html',
  permissions: ['securityhub:DescribeHub'],
  personal: [],
  speaks: [speaks(Scanner, ['cloudAccount', 'region', 'name', 'type', 'enabled'])],
  each: eachRegion,
  requests: (_scope, region) => [inRegion(region, { service: 'securityhub', operation: 'DescribeHub' })],
  lists: [
    dataset.one('', Item, ({ HubArn }, { parent }: OfRegion) => [
      Scanner.record({
        id: HubArn,
        ...placeOf(parent),
        name: 'Security Hub',
        type: 'posture',
        enabled: true,
      }),
    ]),
  ],
});

/** Asked once wherever it is switched on. */
export const eachHub = each(securityHubs, Scanner, ['cloudAccount', 'region']);
export type OfHub = Reading<Scope, Parameters<typeof eachHub.where>[0]>;
