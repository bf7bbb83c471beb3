import { z } from 'zod';
import { Scanner } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({ HubArn: z.string().min(1) }).nullable();

/**
 * Whether Security Hub is switched on. Where it is not, AWS refuses with a code that is about the account; who may not
 * ask is told so with another: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
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
  none: ({ status, code }) => status === 401 && code === 'InvalidAccessException',
  lists: [
    dataset.one('', Item, (hub, { scope, parent }: OfRegion) => [
      Scanner.record({
        id:
          hub?.HubArn ??
          `arn:${scope.partition}:securityhub:${parent.name}:${parent.cloudAccount}:hub/default`,
        ...placeOf(parent),
        name: 'Security Hub',
        type: 'posture',
        enabled: hub !== null,
      }),
    ]),
  ],
});

/** Asked once wherever it is switched on. */
export const eachHub = each(
  securityHubs,
  Scanner,
  ['cloudAccount', 'region', 'enabled'],
  ({ enabled }) => enabled,
);
export type OfHub = Reading<Scope, Parameters<typeof eachHub.where>[0]>;
