import { z } from 'zod';
import { IdentityProvider } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachOidcProvider, type OfOidcProvider } from './oidc-providers.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  ClientIDList: z.array(z.string()).optional(),
  CreateDate: z.iso.datetime().optional(),
});

/** For whom the word of each provider must be meant. */
export const oidcProviderDetails = dataset.state({
  id: 'aws/oidc-provider-details',
  title: 'Details of OpenID Connect providers',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html',
  permissions: ['iam:GetOpenIDConnectProvider'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(IdentityProvider, ['audiences', 'createdAt'])],
  each: eachOidcProvider,
  requests: (_scope, { id, cloudAccount }) => [
    {
      service: 'iam',
      operation: 'GetOpenIDConnectProvider',
      input: { OpenIDConnectProviderArn: id },
      account: cloudAccount,
    },
  ],
  lists: [
    dataset.one('', Item, ({ ClientIDList, CreateDate }, { parent }: OfOidcProvider) => [
      IdentityProvider.record({
        id: parent.id,
        audiences: known(ClientIDList, 'AWS does not tell them'),
        createdAt: known(CreateDate, 'AWS does not tell it'),
      }),
    ]),
  ],
});
