import { z } from 'zod';
import { IdentityProvider } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({ Arn: z.string().min(1) });

/** Identity providers whose word an account takes by OpenID Connect, such as that of GitHub Actions. */
export const oidcProviders = dataset.state({
  id: 'aws/oidc-providers',
  title: 'OpenID Connect providers',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html',
  permissions: ['iam:ListOpenIDConnectProviders'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(IdentityProvider, ['cloudAccount', 'name', 'protocol'])],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    { service: 'iam', operation: 'ListOpenIDConnectProviders', input: {}, account: id },
  ],
  lists: [
    dataset.list('/OpenIDConnectProviderList', Item, ({ Arn }, { parent }: OfAccount) => [
      IdentityProvider.record({
        id: Arn,
        cloudAccount: parent.id,
        name: Arn.slice(Arn.indexOf('/') + 1),
        protocol: 'oidc',
      }),
    ]),
  ],
});

export const eachOidcProvider = each(oidcProviders, IdentityProvider, ['cloudAccount']);
export type OfOidcProvider = Reading<Scope, Parameters<typeof eachOidcProvider.where>[0]>;
