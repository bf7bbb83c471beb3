import { z } from 'zod';
import { MailSettings } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange, wholeTenant } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const Item = z.object({
  Enabled: z.boolean().nullish(),
  AllowList: z.array(z.string()).nullish(),
});

/** Whether Outlook marks mail from outside, and whose mail it does not. */
export const exchangeExternalInOutlook = dataset.state({
  id: 'microsoft365/exchange-external-in-outlook',
  title: 'Exchange Online: mark of mail from outside',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-externalinoutlook',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: ['e-mail addresses'],
  speaks: [speaks(MailSettings, ['outsideMarked', 'outsideUnmarked'])],
  requests: () => [cmdlet('Get-ExternalInOutlook')],
  lists: [
    dataset.list('/value', Item, (item) => [
      MailSettings.record({
        id: wholeTenant,
        outsideMarked: known(item.Enabled, silentExchange),
        outsideUnmarked: known(item.AllowList, silentExchange),
      }),
    ]),
  ],
  neverEmpty: 'a tenant with Exchange Online always has one',
});
