import { z } from 'zod';
import { TenantTrust } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing } from './scope.ts';
import { Trust, trustFields, trustOf } from './tenant-trust.ts';

const Item = Trust.extend({ tenantId: z.string().min(1) });
const inherited = 'it is not set for this tenant, so that the default holds';

/** What people of named tenants may here, and ours there. */
export const crossTenantAccessPartners = dataset.state({
  id: 'microsoft365/cross-tenant-access-partners',
  title: 'Access across tenants, for named ones',
  docs: 'https://learn.microsoft.com/graph/api/crosstenantaccesspolicy-list-partners',
  permissions: ['Policy.Read.All'],
  personal: [],
  speaks: [speaks(TenantTrust, trustFields, { lists: true })],
  requests: () => [listing('/policies/crossTenantAccessPolicy/partners')],
  lists: [
    dataset.list('/value', Item, (item) => [
      TenantTrust.record({ id: item.tenantId, tenant: item.tenantId, ...trustOf(item, inherited) }),
    ]),
  ],
});
