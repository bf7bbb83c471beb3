import { z } from 'zod';
import { Cluster } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachCluster, type OfCluster } from './clusters.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  status: z.string().optional(),
  version: z.string().optional(),
  resourcesVpcConfig: z
    .object({
      endpointPublicAccess: z.boolean().optional(),
      publicAccessCidrs: z.array(z.string()).optional(),
    })
    .optional(),
  logging: z
    .object({
      clusterLogging: z.array(
        z.object({ types: z.array(z.string()).optional(), enabled: z.boolean().optional() }),
      ),
    })
    .optional(),
  encryptionConfig: z.array(z.object({ resources: z.array(z.string()).optional() })).optional(),
});

/** From where each cluster can be controlled, what of that is written down, and whether its secrets are encrypted. */
export const clusterDetails = dataset.state({
  id: 'aws/cluster-details',
  title: 'Details of clusters',
  docs: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html',
  permissions: ['eks:DescribeCluster'],
  personal: [],
  speaks: [
    speaks(Cluster, [
      ...(['state', 'version', 'publicEndpoint', 'openTo'] as const),
      ...(['auditLogging', 'secretsEncrypted'] as const),
    ]),
  ],
  each: eachCluster,
  requests: (_scope, { cloudAccount, region, name }) => [
    { service: 'eks', operation: 'DescribeCluster', input: { name }, account: cloudAccount, region },
  ],
  lists: [
    dataset.one('/cluster', Item, (cluster, { parent }: OfCluster) => {
      const { status, version, resourcesVpcConfig, logging, encryptionConfig } = cluster;
      const reason = 'AWS does not tell it';
      return [
        Cluster.record({
          id: parent.id,
          state: known(status, reason),
          version: known(version, reason),
          publicEndpoint: known(resourcesVpcConfig?.endpointPublicAccess, reason),
          openTo: known(resourcesVpcConfig?.publicAccessCidrs, reason),
          auditLogging: known(
            logging?.clusterLogging.some(({ types, enabled }) => enabled && types?.includes('audit')),
            reason,
          ),
          // Newer versions are encrypted with a key of the vendor's, which is not named.
          // https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html
          secretsEncrypted: known(
            encryptionConfig?.some(({ resources }) => resources?.includes('secrets')) || undefined,
            'AWS names no key of the customer',
          ),
        }),
      ];
    }),
  ],
});
