import { z } from 'zod';
import { MailSettings } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange, wholeTenant } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const Item = z.object({ UnifiedAuditLogIngestionEnabled: z.boolean().nullish() });

/** Whether what people and administrators do in Microsoft 365 is recorded. Exchange Online is where that is told. */
export const exchangeAdminAuditLogConfig = dataset.state({
  id: 'microsoft365/exchange-admin-audit-log-config',
  title: 'Exchange Online: audit log',
  docs: 'https://learn.microsoft.com/purview/audit-log-enable-disable',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: [],
  speaks: [speaks(MailSettings, ['activitiesRecorded'])],
  requests: () => [cmdlet('Get-AdminAuditLogConfig')],
  lists: [
    dataset.list('/value', Item, (item) => [
      MailSettings.record({
        id: wholeTenant,
        activitiesRecorded: known(item.UnifiedAuditLogIngestionEnabled, silentExchange),
      }),
    ]),
  ],
  neverEmpty: 'a tenant with Exchange Online always has one',
});
