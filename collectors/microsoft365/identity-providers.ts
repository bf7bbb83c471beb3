import { z } from 'zod';
import { IdentityProvider } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  '@odata.type': z.string().nullish(),
  id: z.string().min(1),
  displayName: z.string().nullish(),
});

/** Other identity providers by which guests may come in. */
export const identityProviders = dataset.state({
  id: 'microsoft365/identity-providers',
  title: 'Identity providers for guests',
  docs: 'https://learn.microsoft.com/graph/api/identitycontainer-list-identityproviders',
  permissions: ['IdentityProvider.Read.All'],
  personal: [],
  // A program's own secret at the other provider.
  secrets: ['clientSecret', 'certificateData'].map((name) => `/value/*/${name}`),
  speaks: [speaks(IdentityProvider, ['name', 'type'], { lists: true })],
  requests: () => [listing('/identity/identityProviders')],
  lists: [
    dataset.list('/value', Item, (item) => [
      IdentityProvider.record({
        id: item.id,
        name: known(item.displayName, silent),
        type: known(item['@odata.type']?.replace('#microsoft.graph.', ''), silent),
      }),
    ]),
  ],
});
