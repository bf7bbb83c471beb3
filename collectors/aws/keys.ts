import { z } from 'zod';
import { EncryptionKey } from '../../evidence-model/kinds.ts';
import { each, speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({ KeyArn: z.string().min(1) });

/** Keys, of the customer's and of AWS's own services. */
export const keys = dataset.state({
  id: 'aws/keys',
  title: 'Encryption keys',
  docs: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html',
  permissions: ['kms:ListKeys'],
  personal: [],
  speaks: [speaks(EncryptionKey, ['cloudAccount', 'region'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'kms',
      operation: 'ListKeys',
      input: { Limit: 1000 },
      paging: pagedBy.nextMarkerIfTruncated,
    }),
  ],
  lists: [
    dataset.list('/Keys', Item, ({ KeyArn }, { parent }: OfRegion) => [
      EncryptionKey.record({ id: KeyArn, ...placeOf(parent) }),
    ]),
  ],
});

export const eachKey = each(keys, EncryptionKey, ['cloudAccount', 'region']);
