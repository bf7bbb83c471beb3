import { z } from 'zod';
import { CloudRegion } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachRegion, inRegion, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const words = {
  'block-all-sharing': 'all',
  'block-new-sharing': 'new',
  unblocked: 'none',
} as const;

const Item = z.object({
  State: z.enum(['block-all-sharing', 'block-new-sharing', 'unblocked']).optional(),
});

/** Whether snapshots of volumes can be shared with everybody. */
export const snapshotPublicAccessBlocks = dataset.state({
  id: 'aws/snapshot-public-access-blocks',
  title: 'Block of public snapshots',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html',
  permissions: ['ec2:GetSnapshotBlockPublicAccessState'],
  personal: [],
  speaks: [speaks(CloudRegion, ['publicSnapshotsBlocked'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'ec2', operation: 'GetSnapshotBlockPublicAccessState' }),
  ],
  lists: [
    dataset.one('', Item, ({ State }, { parent }: OfRegion) => [
      CloudRegion.record({
        id: parent.id,
        publicSnapshotsBlocked: known(State && words[State], 'AWS does not tell it'),
      }),
    ]),
  ],
});
