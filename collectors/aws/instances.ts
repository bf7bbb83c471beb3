import { z } from 'zod';
import { Machine } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Instance = z.object({
  InstanceId: z.string().min(1),
  State: z.object({ Name: z.string().optional() }).optional(),
  LaunchTime: z.iso.datetime().optional(),
  ImageId: z.string().optional(),
  PublicIpAddress: z.string().optional(),
  NetworkInterfaces: z.array(z.object({ Association: z.object({}).optional() })).optional(),
  SecurityGroups: z.array(z.object({ GroupId: z.string() })).optional(),
  MetadataOptions: z
    .object({ HttpTokens: z.string().optional(), HttpEndpoint: z.string().optional() })
    .optional(),
});
const Reservation = z.object({ Instances: z.array(Instance) });

/** Machines, and what it takes to get their credentials. One that was ended may still be named for an hour. */
export const instances = dataset.state({
  id: 'aws/instances',
  title: 'Machines',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html',
  permissions: ['ec2:DescribeInstances'],
  personal: [],
  speaks: [
    speaks(
      Machine,
      [
        ...(['cloudAccount', 'region', 'state', 'startedAt', 'image'] as const),
        ...(['publicAddress', 'firewalls', 'metadataTokensRequired'] as const),
      ],
      { lists: true },
    ),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeInstances',
      input: { MaxResults: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/Reservations', Reservation, ({ Instances }, { parent }: OfRegion) =>
      Instances.map((instance) =>
        Machine.record({
          id: instance.InstanceId,
          ...placeOf(parent),
          state: known(instance.State?.Name, 'AWS does not tell it'),
          startedAt: known(instance.LaunchTime, 'AWS does not tell it'),
          image: known(instance.ImageId, 'AWS does not tell it'),
          publicAddress: publicAddressOf(instance),
          firewalls: known(
            instance.SecurityGroups?.map(({ GroupId }) => GroupId),
            'AWS does not tell it',
          ),
          metadataTokensRequired: tokensRequired(instance),
        }),
      ),
    ),
  ],
});

/** An address stands at the machine and at each of its interfaces; where neither is told, nothing is known. */
function publicAddressOf({
  PublicIpAddress,
  NetworkInterfaces,
}: z.output<typeof Instance>): boolean | Unknown {
  if (PublicIpAddress !== undefined && PublicIpAddress !== '') return true;
  return known(
    NetworkInterfaces?.some(({ Association }) => Association !== undefined),
    'AWS does not tell its network interfaces',
  );
}

/** Where the end point is switched off, nobody is told any credentials, token or not. */
function tokensRequired({ MetadataOptions }: z.output<typeof Instance>): boolean | Unknown {
  const { HttpTokens, HttpEndpoint } = MetadataOptions ?? {};
  if (HttpEndpoint === 'disabled' || HttpTokens === 'required') return true;
  return HttpTokens === 'optional' ? false : { unknown: 'AWS does not tell it' };
}
