import { z } from 'zod';
import { AttachmentPolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const Item = z.object({
  Identity: z.string().min(1),
  Enable: z.boolean().nullish(),
  Action: z.string().nullish(),
});

/** How attachments are checked. Whom a policy is for is not asked. */
export const exchangeSafeAttachmentPolicies = dataset.state({
  id: 'microsoft365/exchange-safe-attachment-policies',
  title: 'Exchange Online: policies for attachments',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-safeattachmentpolicy',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: [],
  speaks: [speaks(AttachmentPolicy, ['enabled', 'action'], { lists: true })],
  requests: () => [cmdlet('Get-SafeAttachmentPolicy')],
  lists: [
    dataset.list('/value', Item, (item) => [
      AttachmentPolicy.record({
        id: item.Identity,
        enabled: known(item.Enable, silentExchange),
        action: known(item.Action, silentExchange),
      }),
    ]),
  ],
});
