import { z } from 'zod';
import { ProgramSecretsPolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { restrictionsOf, Restrictions, secretsFields } from './program-secrets.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  restrictions: Restrictions,
});

/** Rules for the secrets of some programs, which hold in the place of those for all. */
export const appManagementPolicies = dataset.state({
  id: 'microsoft365/app-management-policies',
  title: 'Rules for secrets of some programs',
  docs: 'https://learn.microsoft.com/graph/api/appmanagementpolicy-list',
  permissions: ['Policy.Read.All'],
  personal: [],
  speaks: [speaks(ProgramSecretsPolicy, secretsFields, { lists: true })],
  requests: () => [listing('/policies/appManagementPolicies')],
  lists: [
    dataset.list('/value', Item, (item) => [
      ProgramSecretsPolicy.record({
        id: item.id,
        name: known(item.displayName, silent),
        enabled: known(item.isEnabled, silent),
        restrictions: restrictionsOf([['both', item.restrictions]]),
      }),
    ]),
  ],
});
