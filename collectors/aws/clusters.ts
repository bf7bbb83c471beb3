import { z } from 'zod';
import { Cluster } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

/** Clusters of Kubernetes that AWS runs. */
export const clusters = dataset.state({
  id: 'aws/clusters',
  title: 'Clusters of containers',
  docs: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_ListClusters.html',
  permissions: ['eks:ListClusters'],
  personal: [],
  speaks: [speaks(Cluster, ['cloudAccount', 'region', 'name'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'eks', operation: 'ListClusters', paging: pagedBy.lowerNextToken }),
  ],
  lists: [
    dataset.list('/clusters', z.string().min(1), (name, { scope, parent }: OfRegion) => [
      Cluster.record({
        id: `arn:${scope.partition}:eks:${parent.name}:${parent.cloudAccount}:cluster/${name}`,
        ...placeOf(parent),
        name,
      }),
    ]),
  ],
});

export const eachCluster = each(clusters, Cluster, ['cloudAccount', 'region', 'name']);
export type OfCluster = Reading<Scope, Parameters<typeof eachCluster.where>[0]>;
