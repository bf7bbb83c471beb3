import { z } from 'zod';
import { SigningConfiguration } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const Item = z.object({
  Domain: z.string().min(1),
  Enabled: z.boolean().nullish(),
  Status: z.string().nullish(),
});

/** For which domains Exchange Online signs mail. A domain for which nobody set that up is not among them. */
export const exchangeDkimSigningConfigs = dataset.state({
  id: 'microsoft365/exchange-dkim-signing-configs',
  title: 'Exchange Online: signing of mail',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-dkimsigningconfig',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: [],
  speaks: [speaks(SigningConfiguration, ['enabled', 'state'], { lists: true })],
  requests: () => [cmdlet('Get-DkimSigningConfig')],
  lists: [
    dataset.list('/value', Item, (item) => [
      SigningConfiguration.record({
        id: item.Domain.toLowerCase(),
        enabled: known(item.Enabled, silentExchange),
        state: known(item.Status, silentExchange),
      }),
    ]),
  ],
});
