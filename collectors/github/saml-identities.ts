import { z } from 'zod';
import { ExternalIdentity, Organization } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { ownersSight } from './organization.ts';
import { connection, dataset, silent } from './scope.ts';

const Identity = z.object({
  guid: z.string().min(1),
  samlIdentity: z.object({ nameId: z.string().nullish() }).nullable(),
  scimIdentity: z.object({ username: z.string().nullish() }).nullable(),
  user: z.object({ databaseId: z.int() }).nullable(),
});
const Item = z.object({
  databaseId: z.int(),
  // Null where no identity provider is set up.
  samlIdentityProvider: z.object({ externalIdentities: z.object({ nodes: z.array(Identity) }) }).nullable(),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    databaseId
    samlIdentityProvider {
      externalIdentities(first: 100, after: $after) {
        nodes {
          guid
          samlIdentity { nameId }
          scimIdentity { username }
          user { databaseId }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** Which account here belongs to which at the identity provider. Where an enterprise signs in for all of its organisations, this is empty. */
export const samlIdentities = dataset.state({
  id: 'github/saml-identities',
  title: 'Identities of SAML and SCIM',
  docs: 'https://docs.github.com/enterprise-cloud@latest/graphql/reference/objects#organizationidentityprovider',
  permissions: ['Organization administration: read', 'Organization members: read'],
  tier: 'full',
  licence: 'GitHub Enterprise Cloud',
  personal: ['account names', 'e-mail addresses'],
  speaks: [
    speaks(Organization, ['singleSignOn']),
    speaks(ExternalIdentity, ['account', 'name', 'protocols'], { lists: true }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/samlIdentityProvider/externalIdentities', query, { login: organization }),
  ],
  lists: [
    dataset.one('/data/organization', Item, ({ databaseId, samlIdentityProvider: provider }) => [
      Organization.record({ id: String(databaseId), singleSignOn: provider !== null }),
      ...(provider?.externalIdentities.nodes ?? []).map(({ guid, samlIdentity, scimIdentity, user }) =>
        ExternalIdentity.record({
          id: guid,
          account: user === null ? 'none' : String(user.databaseId),
          name: known(samlIdentity?.nameId ?? scimIdentity?.username, silent),
          protocols: [
            ...(samlIdentity ? (['saml'] as const) : []),
            ...(scimIdentity ? (['scim'] as const) : []),
          ],
        }),
      ),
    ]),
  ],
  // Only an owner is shown an identity provider; to others there seems to be none.
  probes: [ownersSight],
});
