import { z } from 'zod';
import { TenantTrust } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { dataset, single } from './scope.ts';
import { Trust, trustFields, trustOf } from './tenant-trust.ts';

/** An answer that is one says whether anybody changed it. */
const Item = Trust.extend({ isServiceDefault: z.boolean() });

/** What people of tenants that have no settings of their own may here, and ours there. */
export const crossTenantAccessDefault = dataset.state({
  id: 'microsoft365/cross-tenant-access-default',
  title: 'Access across tenants, unless set otherwise',
  docs: 'https://learn.microsoft.com/graph/api/crosstenantaccesspolicyconfigurationdefault-get',
  permissions: ['Policy.Read.All'],
  personal: [],
  speaks: [speaks(TenantTrust, trustFields, { lists: true })],
  requests: () => [single('/policies/crossTenantAccessPolicy/default')],
  lists: [
    dataset.one('', Item, (item) => [
      TenantTrust.record({ id: 'default', tenant: 'everybody else', ...trustOf(item) }),
    ]),
  ],
});
