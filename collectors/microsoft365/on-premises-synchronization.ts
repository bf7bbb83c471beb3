import { z } from 'zod';
import { DirectorySynchronization } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const flag = z.boolean().nullish();
const Item = z.object({
  id: z.string().min(1),
  features: z
    .object({
      passwordSyncEnabled: flag,
      passwordWritebackEnabled: flag,
      blockSoftMatchEnabled: flag,
      blockCloudObjectTakeoverThroughHardMatchEnabled: flag,
    })
    .nullish(),
  configuration: z
    .object({
      accidentalDeletionPrevention: z
        .object({ synchronizationPreventionType: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

/**
 * How a directory of one's own premises is copied into the tenant. Microsoft's page knows people alone as callers, though
 * there is such a permission of applications; where it is not enough, the reading is denied and no more is said.
 */
export const onPremisesSynchronization = dataset.state({
  id: 'microsoft365/on-premises-synchronization',
  title: 'Synchronization with a directory on premises',
  docs: 'https://learn.microsoft.com/graph/api/onpremisesdirectorysynchronization-get',
  permissions: ['OnPremDirectorySynchronization.Read.All'],
  personal: [],
  speaks: [
    speaks(
      DirectorySynchronization,
      [
        ...(['passwordHashes', 'passwordWriteback', 'softMatchBlocked', 'hardMatchBlocked'] as const),
        'deletionPrevented',
      ],
      { lists: true },
    ),
  ],
  requests: () => [listing('/directory/onPremisesSynchronization')],
  lists: [
    dataset.list('/value', Item, ({ id, features, configuration }) => {
      const prevention = configuration?.accidentalDeletionPrevention?.synchronizationPreventionType;
      return [
        DirectorySynchronization.record({
          id,
          passwordHashes: known(features?.passwordSyncEnabled, silent),
          passwordWriteback: known(features?.passwordWritebackEnabled, silent),
          softMatchBlocked: known(features?.blockSoftMatchEnabled, silent),
          hardMatchBlocked: known(features?.blockCloudObjectTakeoverThroughHardMatchEnabled, silent),
          deletionPrevented: known(prevention ? prevention !== 'disabled' : null, silent),
        }),
      ];
    }),
  ],
});
