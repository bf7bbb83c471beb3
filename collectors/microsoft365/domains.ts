import { z } from 'zod';
import { Domain } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  isVerified: z.boolean().nullish(),
  isDefault: z.boolean().nullish(),
  authenticationType: z.string().nullish(),
  passwordValidityPeriodInDays: z.int().nullish(),
});
const ways: Readonly<Record<string, 'managed' | 'federated'>> = {
  Managed: 'managed',
  Federated: 'federated',
};
/** How Microsoft writes that a password does not end: https://learn.microsoft.com/graph/api/resources/domain#properties */
const unending = 2_147_483_647;

/** The tenant's domains, and whether their people sign in here or at another identity provider. */
export const domains = dataset.state({
  id: 'microsoft365/domains',
  title: 'Domains',
  docs: 'https://learn.microsoft.com/graph/api/domain-list',
  permissions: ['Domain.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Domain, ['name', 'verified', 'signIn', 'isDefault', 'passwordDays'], { lists: true })],
  requests: () => [listing('/domains')],
  lists: [
    dataset.list('/value', Item, (item) => {
      const days = item.passwordValidityPeriodInDays;
      return [
        Domain.record({
          id: item.id,
          name: item.id,
          verified: known(item.isVerified, silent),
          signIn: known(ways[item.authenticationType ?? ''], silent),
          isDefault: known(item.isDefault, silent),
          passwordDays: known(days === unending ? 'unlimited' : days, silent),
        }),
      ];
    }),
  ],
  neverEmpty: 'a tenant always has the domain that it began with',
});
