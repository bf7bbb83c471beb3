import { z } from 'zod';
import { Machine } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { instances } from './instances.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  InstanceId: z.string().min(1),
  LastPingDateTime: z.iso.datetime().optional(),
  PlatformName: z.string().optional(),
  PlatformVersion: z.string().optional(),
});

/** Machines with an agent that looks after them, those too that stand elsewhere. */
export const managedInstances = dataset.state({
  id: 'aws/managed-instances',
  title: 'Managed machines',
  docs: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html',
  permissions: ['ssm:DescribeInstanceInformation'],
  personal: ['IP addresses'],
  speaks: [speaks(Machine, ['cloudAccount', 'region', 'managed', 'agentSeenAt', 'platform'])],
  absence: { kind: Machine, among: instances.id, means: { managed: false } },
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ssm',
      operation: 'DescribeInstanceInformation',
      input: { MaxResults: 50 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/InstanceInformationList', Item, (machine, { parent }: OfRegion) => {
      const { InstanceId, LastPingDateTime, PlatformName, PlatformVersion = '' } = machine;
      return [
        Machine.record({
          id: InstanceId,
          ...placeOf(parent),
          managed: true,
          agentSeenAt: known(LastPingDateTime, 'AWS does not tell it'),
          platform: known(
            PlatformName && `${PlatformName} ${PlatformVersion}`.trim(),
            'AWS does not tell it',
          ),
        }),
      ];
    }),
  ],
});
