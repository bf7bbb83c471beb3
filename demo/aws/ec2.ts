import { fault, type JsonCall } from './operation.ts';
import { listing, regionOf, tokens } from './regional.ts';
import type { Answer, Tree } from './wire.ts';

const set = (name: string) => (items: readonly Tree[]) => ({ [name]: { item: items } });
const unknownRegion = fault(400, 'InvalidParameterValue', 'There is no such region.');

/** The operations of EC2. */
export const ec2Operations: Readonly<Record<string, (call: JsonCall) => Answer>> = {
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
  DescribeRegions: ({ account, input }) => {
    const told = account.regions.filter(
      ({ optIn }) => input['AllRegions'] === 'true' || optIn !== 'not-opted-in',
    );
    return {
      result: {
        regionInfo: {
          item: told.map(({ name, optIn }) => ({
            regionName: name,
            regionEndpoint: `ec2.${name}.amazonaws.com`,
            optInStatus: optIn,
          })),
        },
      },
    };
  },
  GetEbsEncryptionByDefault: (call) => {
    const region = regionOf(call);
    return region ? { result: { ebsEncryptionByDefault: region.volumeEncryptionDefault } } : unknownRegion;
  },
  GetSnapshotBlockPublicAccessState: (call) => {
    const region = regionOf(call);
    return region ? { result: { state: region.snapshotBlock } } : unknownRegion;
  },
  GetInstanceMetadataDefaults: (call) => {
    const region = regionOf(call);
    if (!region) return unknownRegion;
    const { metadataTokens } = region;
    return { result: { accountLevel: metadataTokens === null ? {} : { httpTokens: metadataTokens } } };
  },
  DescribeVolumes: listing('volumes', tokens.ec2, set('volumeSet')),
  // Only the question for what everybody may restore is answered: the model keeps no others.
  DescribeSnapshots: (call) =>
    call.input['RestorableBy.1'] === 'all' && call.input['Owner.1'] === 'self'
      ? listing('publicSnapshots', tokens.ec2, set('snapshotSet'))(call)
      : fault(400, 'InvalidParameterValue', 'Only public snapshots of one’s own are listed here.'),
  DescribeInstances: listing('reservations', tokens.ec2, set('reservationSet')),
  DescribeSecurityGroups: listing('securityGroups', tokens.ec2, set('securityGroupInfo')),
  DescribeNetworkInterfaces: listing('networkInterfaces', tokens.ec2, set('networkInterfaceSet')),
  DescribeVpcs: listing('vpcs', tokens.ec2, set('vpcSet')),
  DescribeVpcPeeringConnections: listing('peerings', tokens.ec2, set('vpcPeeringConnectionSet')),
  DescribeFlowLogs: listing('flowLogs', tokens.ec2, set('flowLogSet')),
};
