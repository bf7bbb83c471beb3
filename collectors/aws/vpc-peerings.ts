import { z } from 'zod';
import { NetworkPeering } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Side = z.object({ OwnerId: z.string().optional(), VpcId: z.string().optional() }).optional();
const Item = z.object({
  VpcPeeringConnectionId: z.string().min(1),
  Status: z.object({ Code: z.string().optional() }).optional(),
  RequesterVpcInfo: Side,
  AccepterVpcInfo: Side,
});

/** Which networks were joined to which, of the same account or of others. Both sides tell of each, by one id. */
export const vpcPeerings = dataset.state({
  id: 'aws/vpc-peerings',
  title: 'Joined networks',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html',
  permissions: ['ec2:DescribeVpcPeeringConnections'],
  personal: [],
  speaks: [speaks(NetworkPeering, ['requester', 'accepter', 'state'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeVpcPeeringConnections',
      input: { MaxResults: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/VpcPeeringConnections', Item, (peering) => {
      const { VpcPeeringConnectionId, Status, RequesterVpcInfo, AccepterVpcInfo } = peering;
      const reason = 'AWS does not tell it';
      return [
        NetworkPeering.record({
          id: VpcPeeringConnectionId,
          requester: known(RequesterVpcInfo?.OwnerId, reason),
          accepter: known(AccepterVpcInfo?.OwnerId, reason),
          state: known(Status?.Code, reason),
        }),
      ];
    }),
  ],
});
