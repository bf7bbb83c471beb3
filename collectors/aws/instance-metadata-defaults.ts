import { z } from 'zod';
import { CloudRegion } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachRegion, inRegion, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({ HttpTokens: z.enum(['required', 'optional', 'no-preference']).optional() });

/** Whether new machines ask for a token before they hand out their credentials. */
export const instanceMetadataDefaults = dataset.state({
  id: 'aws/instance-metadata-defaults',
  title: 'Metadata settings of new machines',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetInstanceMetadataDefaults.html',
  permissions: ['ec2:GetInstanceMetadataDefaults'],
  personal: [],
  speaks: [speaks(CloudRegion, ['metadataTokensDefault'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'ec2', operation: 'GetInstanceMetadataDefaults' }),
  ],
  lists: [
    dataset.one('/AccountLevel', Item, ({ HttpTokens }, { parent }: OfRegion) => [
      // Where nobody set it the answer says nothing of it, which is the vendor's word for no preference.
      CloudRegion.record({ id: parent.id, metadataTokensDefault: HttpTokens ?? 'no-preference' }),
    ]),
  ],
});
