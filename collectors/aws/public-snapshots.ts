import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  SnapshotId: z.string().min(1),
  Encrypted: z.boolean().optional(),
  StartTime: z.iso.datetime().optional(),
});

/** Snapshots of volumes that anybody may make a volume of. Those that nobody may are not in it. */
export const publicSnapshots = dataset.state({
  id: 'aws/public-snapshots',
  title: 'Public snapshots of volumes',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html',
  permissions: ['ec2:DescribeSnapshots'],
  personal: [],
  speaks: [
    speaks(DataStore, ['cloudAccount', 'region', 'type', 'createdAt', 'encrypted', 'public'], {
      lists: { type: ['public-volume-snapshot'] },
    }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeSnapshots',
      input: { OwnerIds: ['self'], RestorableByUserIds: ['all'], MaxResults: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/Snapshots', Item, ({ SnapshotId, Encrypted, StartTime }, { parent }: OfRegion) => [
      DataStore.record({
        id: SnapshotId,
        ...placeOf(parent),
        type: 'public-volume-snapshot',
        createdAt: known(StartTime, 'AWS does not tell it'),
        encrypted: known(Encrypted, 'AWS does not tell it'),
        public: true,
      }),
    ]),
  ],
});
