import { z } from 'zod';
import { ProgramSecretsPolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { restrictionsOf, Restrictions, secretsFields } from './program-secrets.ts';
import { dataset, silent, single } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  applicationRestrictions: Restrictions,
  servicePrincipalRestrictions: Restrictions,
});

/** What secrets programs may have, unless a policy of their own says otherwise. */
export const defaultAppManagementPolicy = dataset.state({
  id: 'microsoft365/default-app-management-policy',
  title: 'Rules for secrets of programs',
  docs: 'https://learn.microsoft.com/graph/api/tenantappmanagementpolicy-get',
  permissions: ['Policy.Read.All'],
  personal: [],
  speaks: [speaks(ProgramSecretsPolicy, secretsFields, { lists: true })],
  requests: () => [single('/policies/defaultAppManagementPolicy')],
  lists: [
    dataset.one('', Item, (item) => [
      ProgramSecretsPolicy.record({
        id: item.id,
        name: known(item.displayName, silent),
        enabled: known(item.isEnabled, silent),
        restrictions: restrictionsOf([
          ['registrations', item.applicationRestrictions],
          ['programs', item.servicePrincipalRestrictions],
        ]),
      }),
    ]),
  ],
});
