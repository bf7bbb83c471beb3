import { z } from 'zod';
import { ExternalIdentity, Organization } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { enterprisePlan, ownersSight } from './organization.ts';
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
  samlIdentityProvider: z
    .object({
      issuer: z.string().nullish(),
      externalIdentities: z.object({ nodes: z.array(Identity) }),
    })
    .nullable(),
});

const Provider = z.object({
  data: z.object({ organization: z.object({ samlIdentityProvider: z.object({ id: z.string() }) }) }),
});

const unseen =
  'none is set up for the organisation itself, or an enterprise signs people in for it, or the token is not shown it';

const first = 'query ($login: String!) { organization(login: $login) { samlIdentityProvider { id } } }';

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    databaseId
    samlIdentityProvider {
      issuer
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
    speaks(ExternalIdentity, ['account', 'name', 'issuer', 'protocols'], { lists: true }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/samlIdentityProvider/externalIdentities', query, { login: organization }),
  ],
  lists: [
    dataset.one('/data/organization', Item, ({ databaseId, samlIdentityProvider: provider }) => [
      Organization.record({
        id: String(databaseId),
        singleSignOn: provider === null ? { unknown: unseen } : true,
      }),
      ...(provider?.externalIdentities.nodes ?? []).map(({ guid, samlIdentity, scimIdentity, user }) =>
        ExternalIdentity.record({
          id: guid,
          account: user === null ? 'none' : String(user.databaseId),
          name: known(samlIdentity?.nameId ?? scimIdentity?.username, silent),
          issuer: known(provider?.issuer, silent),
          protocols: [
            ...(samlIdentity ? (['saml'] as const) : []),
            ...(scimIdentity ? (['scim'] as const) : []),
          ],
        }),
      ),
    ]),
  ],
  // Where an enterprise signs people in, and to whoever may not see it, there seems to be none: null is no fact.
  plan: enterprisePlan,
  probes: [
    ownersSight,
    {
      what: `an identity provider of the organisation itself (${unseen})`,
      request: ({ organization }) => ({ query: first, variables: { login: organization } }),
      seen: (value) => Provider.safeParse(value).success,
    },
  ],
});
