import { z } from 'zod';
import { RiskyAccount } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { planWith } from './plan.ts';
import { dataset, listing, silent, Time, timeOf } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  riskLevel: z.string().nullish(),
  riskState: z.string().nullish(),
  riskLastUpdatedDateTime: Time.nullish(),
});

/** Accounts that Microsoft holds to be in somebody else's hands, or once did. */
export const riskyUsers = dataset.state({
  id: 'microsoft365/risky-users',
  title: 'Risky users',
  docs: 'https://learn.microsoft.com/graph/api/riskyuser-list',
  permissions: ['IdentityRiskyUser.Read.All'],
  licence: 'Microsoft Entra ID P2',
  plan: planWith('AAD_PREMIUM_P2'),
  personal: ['account names', 'e-mail addresses', 'names of people'],
  speaks: [speaks(RiskyAccount, ['account', 'level', 'state', 'changedAt'], { lists: true })],
  // The largest page: https://learn.microsoft.com/graph/api/riskyuser-list#optional-query-parameters
  requests: () => [listing('/identityProtection/riskyUsers', { $top: '500' })],
  lists: [
    dataset.list('/value', Item, ({ id, riskLevel, riskState, riskLastUpdatedDateTime }) => [
      RiskyAccount.record({
        id,
        account: id,
        level: known(riskLevel, silent),
        state: known(riskState, silent),
        changedAt: known(timeOf(riskLastUpdatedDateTime), silent),
      }),
    ]),
  ],
});
