import { z } from 'zod';
import { ExternalIdentity } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { connection, dataset, silent, type Scope } from './scope.ts';

const Provider = z
  .object({
    /** What a provider of SAML calls itself; of one of OpenID Connect, the tenant whose it is. */
    issuer: z.string().nullish(),
    tenantId: z.string().nullish(),
    externalIdentities: z.object({
      nodes: z.array(
        z.object({
          guid: z.string().min(1),
          samlIdentity: z.object({ nameId: z.string().nullish() }).nullish(),
          scimIdentity: z.object({ username: z.string().nullish() }).nullable(),
          user: z.object({ databaseId: z.int() }).nullable(),
        }),
      ),
    }),
  })
  // Null where people do not sign in in this way.
  .nullable();
// Each page tells of the one that it was asked for.
const Item = z.object({
  ownerInfo: z.union([
    z.object({ samlIdentityProvider: Provider }).transform(({ samlIdentityProvider: provider }) => ({
      provider,
      protocol: 'saml' as const,
    })),
    z.object({ oidcProvider: Provider }).transform(({ oidcProvider: provider }) => ({
      provider,
      protocol: 'oidc' as const,
    })),
  ]),
});

/** OpenID Connect is for tenants of Microsoft alone: https://docs.github.com/enterprise-cloud@latest/graphql/reference/objects#oidcprovider */
function issuerOf(tenant: string | null | undefined): string | null {
  return tenant ? `https://login.microsoftonline.com/${tenant}/v2.0` : null;
}

const Owners = z.object({
  data: z.object({
    enterprise: z.object({ ownerInfo: z.object({ admins: z.object({ totalCount: z.int() }) }) }),
  }),
});
const Providers = z.object({
  data: z.object({
    enterprise: z.object({
      ownerInfo: z.object({
        samlIdentityProvider: z.object({ id: z.string() }).nullable(),
        oidcProvider: z.object({ id: z.string() }).nullable(),
      }),
    }),
  }),
});

/** The two ways in which an enterprise can have its people signed in, and what GitHub tells of each. */
const providers = {
  samlIdentityProvider: { itself: 'issuer', identity: 'samlIdentity { nameId }' },
  oidcProvider: { itself: 'tenantId', identity: '' },
} as const;

const queryOf = (provider: keyof typeof providers) => `query ($slug: String!, $after: String) {
  enterprise(slug: $slug) {
    ownerInfo {
      ${provider} {
        ${providers[provider].itself}
        externalIdentities(first: 100, after: $after) {
          nodes {
            guid
            ${providers[provider].identity}
            scimIdentity { username }
            user { databaseId }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
}`;

const of = ({ enterprise = '' }: Scope) => ({ slug: enterprise });
const asked = (fields: string) =>
  `query ($slug: String!) { enterprise(slug: $slug) { ownerInfo { ${fields} } } }`;

/** Which account belongs to which at the identity provider of the enterprise, as it is with managed accounts. */
export const enterpriseIdentities = dataset.state({
  id: 'github/enterprise-identities',
  title: 'Identities of the enterprise',
  docs: 'https://docs.github.com/enterprise-cloud@latest/graphql/reference/objects#enterpriseownerinfo',
  permissions: ['Enterprise owner, by a classic token with read:enterprise'],
  tier: 'enterprise',
  licence: 'GitHub Enterprise Cloud',
  personal: ['account names', 'e-mail addresses'],
  speaks: [speaks(ExternalIdentity, ['account', 'name', 'issuer', 'protocols'], { lists: true })],
  requests: (scope) =>
    (['samlIdentityProvider', 'oidcProvider'] as const).map((provider) =>
      connection(`/data/enterprise/ownerInfo/${provider}/externalIdentities`, queryOf(provider), of(scope), {
        ofEnterprise: true,
      }),
    ),
  lists: [
    dataset.one('/data/enterprise', Item, ({ ownerInfo: { provider, protocol } }) =>
      (provider?.externalIdentities.nodes ?? []).map(({ guid, samlIdentity, scimIdentity, user }) =>
        ExternalIdentity.record({
          id: guid,
          account: user === null ? 'none' : String(user.databaseId),
          name: known(samlIdentity?.nameId ?? scimIdentity?.username, silent),
          issuer: known(provider?.issuer ?? issuerOf(provider?.tenantId), silent),
          protocols: [
            ...(protocol === 'oidc' || samlIdentity ? [protocol] : []),
            ...(scimIdentity ? (['scim'] as const) : []),
          ],
        }),
      ),
    ),
  ],
  probes: [
    {
      what: 'who administers the enterprise',
      request: (scope) => ({
        query: asked('admins { totalCount }'),
        variables: of(scope),
        ofEnterprise: true,
      }),
      seen: (value) => (Owners.safeParse(value).data?.data.enterprise.ownerInfo.admins.totalCount ?? 0) > 0,
    },
    {
      // To whoever may not see it there seems to be none: null is no fact.
      what: 'an identity provider of the enterprise',
      request: (scope) => ({
        query: asked('samlIdentityProvider { id } oidcProvider { id }'),
        variables: of(scope),
        ofEnterprise: true,
      }),
      seen: (value) => {
        const found = Providers.safeParse(value).data?.data.enterprise.ownerInfo;
        return (found?.samlIdentityProvider ?? found?.oidcProvider ?? null) !== null;
      },
    },
  ],
});
