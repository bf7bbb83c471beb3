import { z } from 'zod';
import { OutgoingMailPolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

const Item = z.object({ Identity: z.string().min(1), AutoForwardingMode: z.string().nullish() });

/** Whether mailboxes may forward by themselves. Whom a policy beside the default one is for is not asked. */
export const exchangeOutboundSpamPolicies = dataset.state({
  id: 'microsoft365/exchange-outbound-spam-policies',
  title: 'Exchange Online: policies for outgoing mail',
  docs: 'https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: [],
  speaks: [speaks(OutgoingMailPolicy, ['forwarding'], { lists: true })],
  requests: () => [cmdlet('Get-HostedOutboundSpamFilterPolicy')],
  lists: [
    dataset.list('/value', Item, (item) => [
      OutgoingMailPolicy.record({
        id: item.Identity,
        forwarding: known(item.AutoForwardingMode, silentExchange),
      }),
    ]),
  ],
  neverEmpty: 'the default one is always there',
});
