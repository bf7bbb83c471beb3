import { z } from 'zod';
import { LoadBalancer } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  LoadBalancerArn: z.string().min(1),
  LoadBalancerName: z.string().optional(),
  Scheme: z.enum(['internet-facing', 'internal']).optional(),
  Type: z.string().optional(),
});

/** What takes requests for machines, and whether from the internet. The vendor's classic sort is not in it. */
export const loadBalancers = dataset.state({
  id: 'aws/load-balancers',
  title: 'Load balancers',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html',
  permissions: ['elasticloadbalancing:DescribeLoadBalancers'],
  personal: [],
  speaks: [speaks(LoadBalancer, ['cloudAccount', 'region', 'name', 'type', 'public'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'elasticloadbalancing',
      operation: 'DescribeLoadBalancers',
      paging: pagedBy.nextMarker,
    }),
  ],
  lists: [
    dataset.list('/LoadBalancers', Item, (balancer, { parent }: OfRegion) => {
      const { LoadBalancerArn, LoadBalancerName, Scheme, Type } = balancer;
      return [
        LoadBalancer.record({
          id: LoadBalancerArn,
          ...placeOf(parent),
          name: known(LoadBalancerName, 'AWS does not tell it'),
          type: known(Type, 'AWS does not tell it'),
          // One that hands on to others' appliances has no scheme.
          public: known(
            Scheme === undefined && Type === 'gateway' ? false : Scheme && Scheme === 'internet-facing',
            'AWS does not tell it',
          ),
        }),
      ];
    }),
  ],
});

export const eachLoadBalancer = each(loadBalancers, LoadBalancer, ['cloudAccount', 'region']);
export type OfLoadBalancer = Reading<Scope, Parameters<typeof eachLoadBalancer.where>[0]>;
