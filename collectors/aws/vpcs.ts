import { z } from 'zod';
import { Network } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  VpcId: z.string().min(1),
  OwnerId: z.string().optional(),
  IsDefault: z.boolean().optional(),
});

/** Networks, each as its owner's, whoever else it is shared with. */
export const vpcs = dataset.state({
  id: 'aws/vpcs',
  title: 'Networks',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html',
  permissions: ['ec2:DescribeVpcs'],
  personal: [],
  speaks: [speaks(Network, ['cloudAccount', 'region', 'default'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeVpcs',
      input: { MaxResults: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/Vpcs', Item, ({ VpcId, OwnerId, IsDefault }, { parent }: OfRegion) => [
      Network.record({
        id: VpcId,
        cloudAccount: OwnerId ?? parent.cloudAccount,
        region: parent.name,
        default: known(IsDefault, 'AWS does not tell it'),
      }),
    ]),
  ],
});
