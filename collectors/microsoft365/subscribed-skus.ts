import { z } from 'zod';
import { Licence } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing } from './scope.ts';

const Item = z.object({
  skuId: z.guid(),
  skuPartNumber: z.string().min(1),
  capabilityStatus: z.string(),
  consumedUnits: z.int(),
  prepaidUnits: z.object({ enabled: z.int() }),
  servicePlans: z.array(
    z.object({ servicePlanId: z.string(), servicePlanName: z.string(), provisioningStatus: z.string() }),
  ),
});

/** What the tenant has bought, which decides what can be switched on and what can be read. */
export const subscribedSkus = dataset.state({
  id: 'microsoft365/subscribed-skus',
  title: 'Licences',
  docs: 'https://learn.microsoft.com/graph/api/subscribedsku-list',
  permissions: ['Organization.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Licence, ['name', 'state', 'seats', 'used', 'services', 'plans'], { lists: true })],
  requests: () => [listing('/subscribedSkus')],
  lists: [
    dataset.list('/value', Item, (item) => [
      Licence.record({
        id: item.skuId,
        name: item.skuPartNumber,
        state: item.capabilityStatus,
        seats: item.prepaidUnits.enabled,
        used: item.consumedUnits,
        services: item.servicePlans.flatMap(({ servicePlanName, provisioningStatus }) =>
          provisioningStatus === 'Success' ? [servicePlanName] : [],
        ),
        plans: item.servicePlans.map(
          ({ servicePlanId, servicePlanName }) => `${servicePlanId} ${servicePlanName}`,
        ),
      }),
    ]),
  ],
});
