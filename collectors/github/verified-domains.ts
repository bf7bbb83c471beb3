import { z } from 'zod';
import { Domain, Organization } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { ownersSight } from './organization.ts';
import { connection, dataset } from './scope.ts';

const Item = z.object({
  databaseId: z.int(),
  notificationDeliveryRestrictionEnabledSetting: z.enum(['ENABLED', 'DISABLED']),
  domains: z.object({
    nodes: z.array(z.object({ id: z.string().min(1), domain: z.string(), isVerified: z.boolean() })),
  }),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    databaseId
    notificationDeliveryRestrictionEnabledSetting
    domains(first: 100, after: $after) {
      nodes { id domain isVerified }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** Internet domains that the organisation named as its own, and whether it proved that. */
export const verifiedDomains = dataset.state({
  id: 'github/verified-domains',
  title: 'Verified domains',
  docs: 'https://docs.github.com/graphql/reference/objects#verifiabledomain',
  permissions: ['Organization administration: read'],
  tier: 'full',
  licence: 'GitHub Enterprise Cloud',
  personal: [],
  speaks: [
    speaks(Organization, ['notificationsRestricted']),
    speaks(Domain, ['name', 'verified'], { lists: true }),
  ],
  requests: ({ organization }) => [connection('/data/organization/domains', query, { login: organization })],
  lists: [
    dataset.one('/data/organization', Item, (item) => [
      Organization.record({
        id: String(item.databaseId),
        notificationsRestricted: item.notificationDeliveryRestrictionEnabledSetting === 'ENABLED',
      }),
      ...item.domains.nodes.map(({ id, domain, isVerified }) =>
        Domain.record({ id, name: domain, verified: isVerified }),
      ),
    ]),
  ],
  probes: [ownersSight],
});
