import { z } from 'zod';
import { RecoveryKey } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent, Time, timeOf } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  createdDateTime: Time.nullish(),
  deviceId: z.string().nullish(),
  volumeType: z.string().nullish(),
});

/**
 * Which devices have a recovery key kept for them. The keys are not among what is asked for, and are never asked for.
 * Microsoft's page knew people alone as callers before there was such a permission of applications; where it is not
 * enough, the reading is denied.
 */
export const bitlockerRecoveryKeys = dataset.state({
  id: 'microsoft365/bitlocker-recovery-keys',
  title: 'BitLocker recovery keys that are kept',
  docs: 'https://learn.microsoft.com/graph/api/bitlocker-list-recoverykeys',
  permissions: ['BitlockerKey.ReadBasic.All'],
  tier: 'full',
  personal: [],
  speaks: [speaks(RecoveryKey, ['device', 'volume', 'createdAt'], { lists: true })],
  // Microsoft leaves it out unless it is selected; should it ever come, it is not kept.
  secrets: ['/value/*/key'],
  requests: () => [listing('/informationProtection/bitlocker/recoveryKeys')],
  lists: [
    dataset.list('/value', Item, (item) => [
      RecoveryKey.record({
        id: item.id,
        device: known(item.deviceId, silent),
        volume: known(item.volumeType, silent),
        createdAt: known(timeOf(item.createdDateTime), silent),
      }),
    ]),
  ],
});
