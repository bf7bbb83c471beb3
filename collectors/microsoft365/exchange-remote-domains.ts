import { z } from 'zod';
import { RemoteDomain } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const Item = z.object({
  Identity: z.string().min(1),
  DomainName: z.string().nullish(),
  AutoForwardEnabled: z.boolean().nullish(),
});

/** Where mail may be forwarded to by itself. The one whose domain is `*` holds for every other. */
export const exchangeRemoteDomains = dataset.state({
  id: 'microsoft365/exchange-remote-domains',
  title: 'Exchange Online: remote domains',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-remotedomain',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: [],
  speaks: [speaks(RemoteDomain, ['name', 'forwarding'], { lists: true })],
  requests: () => [cmdlet('Get-RemoteDomain')],
  lists: [
    dataset.list('/value', Item, (item) => [
      RemoteDomain.record({
        id: item.Identity,
        name: known(item.DomainName, silentExchange),
        forwarding: known(item.AutoForwardEnabled, silentExchange),
      }),
    ]),
  ],
  neverEmpty: 'the one for all others is always there',
});
