import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  VolumeId: z.string().min(1),
  Encrypted: z.boolean().optional(),
  CreateTime: z.iso.datetime().optional(),
});

/** The volumes of machines, and whether they are encrypted. */
export const volumes = dataset.state({
  id: 'aws/volumes',
  title: 'Volumes',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html',
  permissions: ['ec2:DescribeVolumes'],
  personal: [],
  speaks: [
    speaks(DataStore, ['cloudAccount', 'region', 'type', 'createdAt', 'encrypted'], {
      lists: { type: ['volume'] },
    }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeVolumes',
      input: { MaxResults: 500 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/Volumes', Item, ({ VolumeId, Encrypted, CreateTime }, { parent }: OfRegion) => [
      DataStore.record({
        id: VolumeId,
        ...placeOf(parent),
        type: 'volume',
        createdAt: known(CreateTime, 'AWS does not tell it'),
        encrypted: known(Encrypted, 'AWS does not tell it'),
      }),
    ]),
  ],
});
