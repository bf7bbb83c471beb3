import { z } from 'zod';
import { MailSettings } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange, wholeTenant } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const flag = z.boolean().nullish();
const Item = z.object({ AuditDisabled: flag, OAuth2ClientProfileEnabled: flag });

/** Whether mailboxes are audited at all, and whether programs may sign in to them in the modern way. */
export const exchangeOrganizationConfig = dataset.state({
  id: 'microsoft365/exchange-organization-config',
  title: 'Exchange Online: organisation',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-organizationconfig',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: ['e-mail addresses'],
  speaks: [speaks(MailSettings, ['mailboxesAudited', 'modernSignIn'], { lists: true })],
  requests: () => [cmdlet('Get-OrganizationConfig')],
  lists: [
    dataset.list('/value', Item, (item) => [
      MailSettings.record({
        id: wholeTenant,
        mailboxesAudited: known(not(item.AuditDisabled), silentExchange),
        modernSignIn: known(item.OAuth2ClientProfileEnabled, silentExchange),
      }),
    ]),
  ],
  neverEmpty: 'a tenant with Exchange Online always has one',
});

function not(value: boolean | null | undefined): boolean | null {
  return typeof value === 'boolean' ? !value : null;
}
