import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { enterprisePlan, ownersSight } from './organization.ts';
import { connection, dataset } from './scope.ts';

const Item = z.object({
  databaseId: z.int(),
  organizationVerifiedDomainEmails: z.array(z.string().min(1)),
});
const Counted = z.object({
  data: z.object({ organization: z.object({ membersWithRole: z.object({ totalCount: z.int() }) }) }),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    membersWithRole(first: 100, after: $after) {
      totalCount
      nodes { databaseId organizationVerifiedDomainEmails(login: $login) }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/**
 * Which addresses of each member GitHub verified, as far as they are in domains that the organisation or its enterprise
 * proved to be its own. Whoever may not see them is shown none, so that none is no fact by itself.
 */
export const verifiedEmails = dataset.state({
  id: 'github/verified-emails',
  title: 'Verified addresses of members',
  docs: 'https://docs.github.com/enterprise-cloud@latest/graphql/reference/objects#user',
  permissions: ['Organization administration: read', 'Organization members: read'],
  tier: 'full',
  licence: 'GitHub Enterprise Cloud',
  personal: ['e-mail addresses'],
  speaks: [speaks(Account, ['verifiedAddresses'])],
  requests: ({ organization }) => [
    connection('/data/organization/membersWithRole', query, { login: organization }),
  ],
  lists: [
    dataset.list(
      '/data/organization/membersWithRole/nodes',
      Item,
      ({ databaseId, organizationVerifiedDomainEmails }) => [
        Account.record({
          id: String(databaseId),
          verifiedAddresses: organizationVerifiedDomainEmails,
        }),
      ],
    ),
  ],
  neverEmpty: 'an organisation always has an owner',
  count: {
    what: "GraphQL's count of members",
    of: (value) => Counted.safeParse(value).data?.data.organization.membersWithRole.totalCount ?? null,
  },
  plan: enterprisePlan,
  // Listing and count shrink alike for whoever sees public members only.
  probes: [ownersSight],
});
