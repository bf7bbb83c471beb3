import { z } from 'zod';
import { Firewall } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Rule = z.object({
  IpProtocol: z.string(),
  FromPort: z.int().optional(),
  ToPort: z.int().optional(),
  IpRanges: z.array(z.object({ CidrIp: z.string() })).default([]),
  Ipv6Ranges: z.array(z.object({ CidrIpv6: z.string() })).default([]),
  PrefixListIds: z.array(z.object({ PrefixListId: z.string() })).default([]),
});
const Item = z.object({
  GroupId: z.string().min(1),
  GroupName: z.string().optional(),
  OwnerId: z.string().optional(),
  VpcId: z.string().optional(),
  IpPermissions: z.array(Rule).optional(),
});

/** What comes in from the internet through the rules in front of machines. What they stand before is told elsewhere. */
export const securityGroups = dataset.state({
  id: 'aws/security-groups',
  title: 'Security groups',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html',
  permissions: ['ec2:DescribeSecurityGroups'],
  personal: [],
  speaks: [
    speaks(Firewall, ['cloudAccount', 'region', 'name', 'network', 'openToAll', 'openToLists'], {
      lists: true,
    }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeSecurityGroups',
      input: { MaxResults: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/SecurityGroups', Item, (group, { parent }: OfRegion) => {
      const { GroupId, GroupName, OwnerId, VpcId, IpPermissions: rules } = group;
      const reason = 'AWS does not tell it';
      return [
        Firewall.record({
          id: GroupId,
          // A group that another account shares is that account's.
          cloudAccount: OwnerId ?? parent.cloudAccount,
          region: parent.name,
          name: known(GroupName, reason),
          network: known(VpcId, reason),
          openToAll: known(rules?.filter(isOpenToAll).map(portsOf), reason),
          openToLists: known(
            rules?.filter(({ PrefixListIds }) => PrefixListIds.length > 0).map(portsOf),
            reason,
          ),
        }),
      ];
    }),
  ],
});

/** The internet in two halves is the internet: ranges as wide as no one network of somebody's count as all of it. */
function isOpenToAll({ IpRanges, Ipv6Ranges }: z.output<typeof Rule>): boolean {
  return (
    IpRanges.some(({ CidrIp }) => prefixOf(CidrIp) < 8) ||
    Ipv6Ranges.some(({ CidrIpv6 }) => prefixOf(CidrIpv6) < 16)
  );
}

/** A range without a length is one address. A length that is not understood counts as the widest. */
function prefixOf(range: string): number {
  const [, length] = range.split('/');
  return length === undefined ? Infinity : Number.isNaN(Number(length)) ? 0 : Number(length);
}

/** Protocol -1 is every protocol, and then there are no ports; -1 as a port is every kind of ICMP message. */
function portsOf({ IpProtocol, FromPort, ToPort }: z.output<typeof Rule>): string {
  if (IpProtocol === '-1') return 'all';
  return FromPort === undefined || ToPort === undefined ? IpProtocol : `${IpProtocol} ${FromPort}-${ToPort}`;
}
