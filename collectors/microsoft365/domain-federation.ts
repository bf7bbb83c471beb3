import { z } from 'zod';
import { Domain, Federation } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { domains } from './domains.ts';
import { dataset, idIn, listing, silent, type Scope } from './scope.ts';

type OfDomain = { readonly id: string; readonly signIn: 'managed' | 'federated' };

const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  issuerUri: z.string().nullish(),
  preferredAuthenticationProtocol: z.string().nullish(),
  federatedIdpMfaBehavior: z.string().nullish(),
});

/** Where the people of federated domains sign in, and whether a second factor that was asked there is taken here. */
export const domainFederation = dataset.state<OfDomain>({
  id: 'microsoft365/domain-federation',
  title: 'Federation of domains',
  docs: 'https://learn.microsoft.com/graph/api/domain-list-federationconfiguration',
  permissions: ['Domain.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Federation, ['domain', 'name', 'issuer', 'protocol', 'secondFactor'], { lists: true })],
  each: each(domains, Domain, ['signIn'], ({ signIn }) => signIn === 'federated'),
  requests: (_, { id }) => [listing(`/domains/${idIn(id)}/federationConfiguration`)],
  lists: [
    dataset.list('/value', Item, (item, { parent }: Reading<Scope, OfDomain>) => [
      Federation.record({
        id: item.id,
        domain: parent.id,
        name: known(item.displayName, silent),
        issuer: known(item.issuerUri, silent),
        protocol: known(item.preferredAuthenticationProtocol, silent),
        secondFactor: known(item.federatedIdpMfaBehavior, silent),
      }),
    ]),
  ],
  neverEmpty: 'a federated domain always says where its people sign in',
});
