import { z } from 'zod';
import { AddressRange, Organization } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { enterprisePlan, ownersSight } from './organization.ts';
import { connection, dataset } from './scope.ts';

const Setting = z.enum(['ENABLED', 'DISABLED']);
const Item = z.object({
  databaseId: z.int(),
  ipAllowListEnabledSetting: Setting,
  ipAllowListForInstalledAppsEnabledSetting: Setting,
  ipAllowListEntries: z.object({
    nodes: z.array(z.object({ id: z.string().min(1), allowListValue: z.string(), isActive: z.boolean() })),
  }),
});

const elsewhere = 'the organisation has no list of its own in force, and an enterprise may have one';

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    databaseId
    ipAllowListEnabledSetting
    ipAllowListForInstalledAppsEnabledSetting
    ipAllowListEntries(first: 100, after: $after) {
      nodes { id allowListValue isActive }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** Whether only some addresses are let in, and which. An entry counts for nothing while the list is off. */
export const ipAllowList = dataset.state({
  id: 'github/ip-allow-list',
  title: 'IP allow list',
  docs: 'https://docs.github.com/enterprise-cloud@latest/graphql/reference/objects#ipallowlistentry',
  permissions: ['Organization administration: read'],
  tier: 'full',
  licence: 'GitHub Enterprise Cloud',
  personal: ['IP addresses'],
  speaks: [
    speaks(Organization, ['addressesRestricted', 'addressesRestrictedForPrograms']),
    speaks(AddressRange, ['name', 'active'], { lists: true }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/ipAllowListEntries', query, { login: organization }),
  ],
  lists: [
    dataset.one('/data/organization', Item, (item) => [
      Organization.record({
        id: String(item.databaseId),
        addressesRestricted: item.ipAllowListEnabledSetting === 'ENABLED' ? true : { unknown: elsewhere },
        addressesRestrictedForPrograms:
          item.ipAllowListForInstalledAppsEnabledSetting === 'ENABLED' ? true : { unknown: elsewhere },
      }),
      ...item.ipAllowListEntries.nodes.map(({ id, allowListValue, isActive }) =>
        AddressRange.record({ id, name: allowListValue, active: isActive }),
      ),
    ]),
  ],
  plan: enterprisePlan,
  probes: [ownersSight],
});
