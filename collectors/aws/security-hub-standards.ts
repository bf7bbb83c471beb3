import { z } from 'zod';
import { Scanner } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';
import { eachHub, type OfHub } from './security-hubs.ts';

const Item = z.object({
  StandardsSubscriptionArn: z.string().min(1),
  StandardsArn: z.string().min(1),
  StandardsStatus: z.string().optional(),
});

/** Which catalogues of rules Security Hub holds the account against. */
export const securityHubStandards = dataset.state({
  id: 'aws/security-hub-standards',
  title: 'Standards of Security Hub',
  docs: 'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetEnabledStandards.html',
  permissions: ['securityhub:GetEnabledStandards'],
  personal: [],
  speaks: [speaks(Scanner, ['cloudAccount', 'region', 'name', 'type', 'enabled'])],
  each: eachHub,
  requests: (_scope, { cloudAccount, region }) => [
    {
      service: 'securityhub',
      operation: 'GetEnabledStandards',
      input: { MaxResults: 100 },
      account: cloudAccount,
      region,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/StandardsSubscriptions', Item, (standard, { parent }: OfHub) => [
      Scanner.record({
        id: standard.StandardsSubscriptionArn,
        cloudAccount: parent.cloudAccount,
        region: parent.region,
        name: standard.StandardsArn,
        type: 'posture-standard',
        // Only one that is ready has looked at everything.
        enabled:
          standard.StandardsStatus === 'READY'
            ? true
            : { unknown: `AWS calls it ${standard.StandardsStatus ?? 'nothing'}` },
      }),
    ]),
  ],
});
