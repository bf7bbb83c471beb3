import { z } from 'zod';
import { ClusterAccess } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachCluster, type OfCluster } from './clusters.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

/** The users and roles that each cluster lets in by its own list. A map that stands inside the cluster is not seen. */
export const clusterAccessEntries = dataset.state({
  id: 'aws/cluster-access-entries',
  title: 'Access entries of clusters',
  docs: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_ListAccessEntries.html',
  permissions: ['eks:ListAccessEntries'],
  tier: 'full',
  personal: ['account names'],
  speaks: [speaks(ClusterAccess, ['cloudAccount', 'region', 'cluster', 'principal'])],
  each: eachCluster,
  requests: (_scope, { cloudAccount, region, name }) => [
    {
      service: 'eks',
      operation: 'ListAccessEntries',
      input: { clusterName: name, maxResults: 100 },
      account: cloudAccount,
      region,
      paging: pagedBy.lowerNextToken,
    },
  ],
  lists: [
    dataset.list('/accessEntries', z.string().min(1), (principal, { parent }: OfCluster) => [
      ClusterAccess.record({
        id: `${parent.id}|${principal}`,
        cloudAccount: parent.cloudAccount,
        region: parent.region,
        cluster: parent.id,
        principal,
      }),
    ]),
  ],
});
