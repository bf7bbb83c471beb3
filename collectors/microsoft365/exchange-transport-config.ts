import { z } from 'zod';
import { MailSettings } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange, wholeTenant } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const Item = z.object({ SmtpClientAuthenticationDisabled: z.boolean().nullish() });

/** Whether mailboxes can be sent from with a password alone (SMTP AUTH), unless one says otherwise for itself. */
export const exchangeTransportConfig = dataset.state({
  id: 'microsoft365/exchange-transport-config',
  title: 'Exchange Online: transport',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-transportconfig',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: ['e-mail addresses'],
  speaks: [speaks(MailSettings, ['smtpSignInRefused'])],
  requests: () => [cmdlet('Get-TransportConfig')],
  lists: [
    dataset.list('/value', Item, (item) => [
      MailSettings.record({
        id: wholeTenant,
        smtpSignInRefused: known(item.SmtpClientAuthenticationDisabled, silentExchange),
      }),
    ]),
  ],
  neverEmpty: 'a tenant with Exchange Online always has one',
});
