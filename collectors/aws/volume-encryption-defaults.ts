import { z } from 'zod';
import { CloudRegion } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachRegion, inRegion, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({ EbsEncryptionByDefault: z.boolean().optional() });

/** Whether new volumes are encrypted without anybody asking for it. */
export const volumeEncryptionDefaults = dataset.state({
  id: 'aws/volume-encryption-defaults',
  title: 'Encryption of new volumes',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsEncryptionByDefault.html',
  permissions: ['ec2:GetEbsEncryptionByDefault'],
  personal: [],
  speaks: [speaks(CloudRegion, ['volumeEncryptionDefault'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'ec2', operation: 'GetEbsEncryptionByDefault' }),
  ],
  lists: [
    dataset.one('', Item, ({ EbsEncryptionByDefault }, { parent }: OfRegion) => [
      CloudRegion.record({
        id: parent.id,
        volumeEncryptionDefault: known(EbsEncryptionByDefault, 'AWS does not tell it'),
      }),
    ]),
  ],
});
