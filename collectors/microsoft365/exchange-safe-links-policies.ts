import { z } from 'zod';
import { LinkPolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const flag = z.boolean().nullish();
const Item = z.object({
  Identity: z.string().min(1),
  EnableSafeLinksForEmail: flag,
  ScanUrls: flag,
  DeliverMessageAfterScan: flag,
  DoNotRewriteUrls: z.array(z.string()).nullish(),
});

/** How links in mail are checked. Whom a policy is for is not asked. */
export const exchangeSafeLinksPolicies = dataset.state({
  id: 'microsoft365/exchange-safe-links-policies',
  title: 'Exchange Online: policies for links',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-safelinkspolicy',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: [],
  speaks: [speaks(LinkPolicy, ['enabled', 'scans', 'waits', 'unchecked'], { lists: true })],
  requests: () => [cmdlet('Get-SafeLinksPolicy')],
  lists: [
    dataset.list('/value', Item, (item) => [
      LinkPolicy.record({
        id: item.Identity,
        enabled: known(item.EnableSafeLinksForEmail, silentExchange),
        scans: known(item.ScanUrls, silentExchange),
        waits: known(item.DeliverMessageAfterScan, silentExchange),
        unchecked: known(item.DoNotRewriteUrls, silentExchange),
      }),
    ]),
  ],
});
