import { z } from 'zod';
import { NetworkInterface } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  NetworkInterfaceId: z.string().min(1),
  OwnerId: z.string().optional(),
  VpcId: z.string().optional(),
  Association: z.object({}).optional(),
  Groups: z.array(z.object({ GroupId: z.string() })).optional(),
  Attachment: z.object({ InstanceId: z.string().optional() }).optional(),
  InterfaceType: z.string().optional(),
});

/** What ties machines and services to networks: which rules stand before what, and what has a public address. */
export const networkInterfaces = dataset.state({
  id: 'aws/network-interfaces',
  title: 'Network interfaces',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html',
  permissions: ['ec2:DescribeNetworkInterfaces'],
  personal: [],
  speaks: [
    speaks(NetworkInterface, ['cloudAccount', 'region', 'network', 'publicAddress', 'firewalls', 'usedBy'], {
      lists: true,
    }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeNetworkInterfaces',
      input: { MaxResults: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/NetworkInterfaces', Item, (found, { parent }: OfRegion) => {
      const reason = 'AWS does not tell it';
      return [
        NetworkInterface.record({
          id: found.NetworkInterfaceId,
          // In a shared network it is the account's that made it.
          cloudAccount: found.OwnerId ?? parent.cloudAccount,
          region: parent.name,
          network: known(found.VpcId, reason),
          // AWS tells the association of those alone that have one.
          publicAddress: found.Groups === undefined ? { unknown: reason } : found.Association !== undefined,
          firewalls: known(
            found.Groups?.map(({ GroupId }) => GroupId),
            reason,
          ),
          usedBy:
            found.Attachment === undefined && found.InterfaceType !== undefined
              ? 'none'
              : known(found.Attachment?.InstanceId ?? found.InterfaceType, reason),
        }),
      ];
    }),
  ],
});
