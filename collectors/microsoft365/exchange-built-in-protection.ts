import { z } from 'zod';
import { BuiltInMailProtection } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { exchangePermissions, silentExchange } from './exchange-consent.ts';
import { cmdlet, dataset } from './scope.ts';

// Null says that nobody is left out; an answer without it says nothing.
const names = z.array(z.string()).nullable().optional();
const Item = z.object({
  Identity: z.string().min(1),
  ExceptIfRecipientDomainIs: names,
  ExceptIfSentTo: names,
  ExceptIfSentToMemberOf: names,
});

/** The rule by which attachments and links are checked for everybody whom no other policy is for. */
export const exchangeBuiltInProtection = dataset.state({
  id: 'microsoft365/exchange-built-in-protection',
  title: 'Exchange Online: built-in protection',
  docs: 'https://learn.microsoft.com/powershell/module/exchangepowershell/get-atpbuiltinprotectionrule',
  permissions: exchangePermissions,
  tier: 'exchange',
  personal: ['e-mail addresses'],
  speaks: [speaks(BuiltInMailProtection, ['excludes'], { lists: true })],
  requests: () => [cmdlet('Get-ATPBuiltInProtectionRule')],
  lists: [
    dataset.list('/value', Item, (item) => {
      const lists = [item.ExceptIfRecipientDomainIs, item.ExceptIfSentTo, item.ExceptIfSentToMemberOf];
      return [
        BuiltInMailProtection.record({
          id: item.Identity,
          excludes: lists.includes(undefined)
            ? { unknown: silentExchange }
            : lists.flatMap((list) => list ?? []),
        }),
      ];
    }),
  ],
});
