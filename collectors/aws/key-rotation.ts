import { z } from 'zod';
import { EncryptionKey } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, type Reading } from '../dataset.ts';
import { eachRotatableKey } from './key-details.ts';
import { dataset, type Scope } from './scope.ts';

type OfKey = Reading<Scope, Parameters<typeof eachRotatableKey.where>[0]>;

const Item = z.object({
  KeyRotationEnabled: z.boolean().optional(),
  RotationPeriodInDays: z.int().optional(),
});

/** Whether AWS exchanges what the customer's keys are made of. */
export const keyRotation = dataset.state({
  id: 'aws/key-rotation',
  title: 'Rotation of encryption keys',
  docs: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html',
  permissions: ['kms:GetKeyRotationStatus'],
  personal: [],
  speaks: [speaks(EncryptionKey, ['rotated', 'rotationDays'])],
  each: eachRotatableKey,
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'kms',
      operation: 'GetKeyRotationStatus',
      input: { KeyId: id },
      account: cloudAccount,
      region,
    },
  ],
  lists: [
    dataset.one('', Item, ({ KeyRotationEnabled, RotationPeriodInDays }, { parent }: OfKey) => [
      EncryptionKey.record({
        id: parent.id,
        rotated: known(KeyRotationEnabled, 'AWS does not tell it'),
        rotationDays: known(RotationPeriodInDays, 'AWS tells no period'),
      }),
    ]),
  ],
});
