import { z } from 'zod';
import { Scanner } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachDetector, type OfDetector } from './guardduty-detectors.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  Status: z.enum(['ENABLED', 'DISABLED']).optional(),
  Features: z.array(z.object({ Name: z.string(), Status: z.string() })).optional(),
});

/** Whether GuardDuty looks for threats, and where. */
export const guarddutyDetectorDetails = dataset.state({
  id: 'aws/guardduty-detector-details',
  title: 'Details of GuardDuty detectors',
  docs: 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html',
  permissions: ['guardduty:GetDetector'],
  personal: [],
  speaks: [speaks(Scanner, ['enabled', 'features'])],
  each: eachDetector,
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'guardduty',
      operation: 'GetDetector',
      input: { DetectorId: id },
      account: cloudAccount,
      region,
    },
  ],
  lists: [
    dataset.one('', Item, ({ Status, Features }, { parent }: OfDetector) => [
      Scanner.record({
        id: parent.id,
        enabled: known(Status && Status === 'ENABLED', 'AWS does not tell it'),
        features: known(
          Features?.filter((feature) => feature.Status === 'ENABLED').map(({ Name }) => Name),
          'AWS does not tell them',
        ),
      }),
    ]),
  ],
});
