import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing, silent } from './scope.ts';

const User = z.object({
  id: z.guid(),
  // Null says that it never came from there; an answer without it says nothing.
  onPremisesSyncEnabled: z.boolean().nullable().optional(),
  assignedLicenses: z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) })).nullish(),
});

/** Where everybody comes from and which licences they have, by which it shows who has a mailbox. */
export const userLicences = dataset.state({
  id: 'microsoft365/user-licences',
  title: 'Licences and origin of users',
  docs: 'https://learn.microsoft.com/graph/api/resources/assignedlicense',
  permissions: ['User.Read.All'],
  personal: [],
  speaks: [speaks(Account, ['synchronized', 'licences'])],
  // The largest page: https://learn.microsoft.com/graph/api/user-list#optional-query-parameters
  requests: () => [listing('/users', { $select: 'id,onPremisesSyncEnabled,assignedLicenses', $top: '999' })],
  lists: [
    dataset.list('/value', User, ({ id, onPremisesSyncEnabled, assignedLicenses }) => [
      Account.record({
        id,
        synchronized: known(
          onPremisesSyncEnabled === undefined ? null : onPremisesSyncEnabled === true,
          silent,
        ),
        licences: known(
          assignedLicenses?.map(({ skuId, disabledPlans }) => ({ licence: skuId, off: disabledPlans })),
          silent,
        ),
      }),
    ]),
  ],
  neverEmpty: 'a tenant always has an administrator',
  count: { what: "Graph's count of users", request: () => counting('/users'), of: countIn },
});
