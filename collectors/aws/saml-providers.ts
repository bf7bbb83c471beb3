import { z } from 'zod';
import { IdentityProvider } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  Arn: z.string().min(1),
  CreateDate: z.iso.datetime().optional(),
  ValidUntil: z.iso.datetime().optional(),
});

/** Identity providers whose word an account takes by SAML. What each may do stands in the roles that trust it. */
export const samlProviders = dataset.state({
  id: 'aws/saml-providers',
  title: 'SAML providers',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html',
  permissions: ['iam:ListSAMLProviders'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(IdentityProvider, ['cloudAccount', 'name', 'protocol', 'createdAt', 'expiresAt'])],
  each: activeAccounts,
  requests: (_scope, { id }) => [{ service: 'iam', operation: 'ListSAMLProviders', input: {}, account: id }],
  lists: [
    dataset.list('/SAMLProviderList', Item, ({ Arn, CreateDate, ValidUntil }, { parent }: OfAccount) => [
      IdentityProvider.record({
        id: Arn,
        cloudAccount: parent.id,
        name: Arn.slice(Arn.indexOf('/') + 1),
        protocol: 'saml',
        createdAt: known(CreateDate, 'AWS does not tell it'),
        expiresAt: known(ValidUntil, 'AWS does not tell it'),
      }),
    ]),
  ],
});
