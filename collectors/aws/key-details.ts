import { z } from 'zod';
import { EncryptionKey } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { eachKey } from './keys.ts';
import { dataset, type Scope } from './scope.ts';

type OfKey = Reading<Scope, Parameters<typeof eachKey.where>[0]>;

const words = { CUSTOMER: 'customer', AWS: 'vendor' } as const;

const Item = z.object({
  KeyManager: z.enum(['CUSTOMER', 'AWS']).optional(),
  KeyState: z.string().optional(),
  KeySpec: z.string().optional(),
  Origin: z.string().optional(),
  CreationDate: z.iso.datetime().optional(),
});

/** Whose each key is, and whether it is in use. */
export const keyDetails = dataset.state({
  id: 'aws/key-details',
  title: 'Details of encryption keys',
  docs: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html',
  permissions: ['kms:DescribeKey'],
  personal: [],
  speaks: [speaks(EncryptionKey, ['cloudAccount', 'region', 'manager', 'state', 'createdAt', 'rotatable'])],
  each: eachKey,
  requests: (_scope, { id, cloudAccount, region }) => [
    { service: 'kms', operation: 'DescribeKey', input: { KeyId: id }, account: cloudAccount, region },
  ],
  lists: [
    dataset.one('/KeyMetadata', Item, (key, { parent }: OfKey) => {
      const reason = 'AWS does not tell it';
      return [
        EncryptionKey.record({
          ...parent,
          manager: known(key.KeyManager && words[key.KeyManager], reason),
          state: known(key.KeyState, reason),
          createdAt: known(key.CreationDate, reason),
          rotatable: rotatableOf(key),
        }),
      ];
    }),
  ],
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html: symmetric keys that AWS made, and no others. */
function rotatableOf({ KeySpec, Origin }: z.output<typeof Item>): boolean | Unknown {
  if (KeySpec === undefined || Origin === undefined)
    return { unknown: 'AWS does not tell of what sort it is' };
  return KeySpec === 'SYMMETRIC_DEFAULT' && Origin === 'AWS_KMS';
}

/** Asked once for each key whose rotation its owner decides. A key that is to be deleted has none. */
export const eachRotatableKey = each(
  keyDetails,
  EncryptionKey,
  ['cloudAccount', 'region', 'manager', 'state', 'rotatable'],
  ({ manager, state, rotatable }) =>
    manager === 'customer' && rotatable && (state === 'Enabled' || state === 'Disabled'),
);
