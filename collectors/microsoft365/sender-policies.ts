import { MailDomain, SenderPolicy } from '../../evidence-model/kinds.ts';
import { isSenderPolicy } from '../../evidence-model/sender-policy.ts';
import { speaks, type Reading } from '../dataset.ts';
import { answered, eachMailDomain, nameOf, resolverPermissions, type OfDomain } from './mail-domains.ts';
import { dataset, lookup, type Scope } from './scope.ts';

/** Which servers may send for each domain (SPF), and what the domains say that it refers to. */
export const senderPolicies = dataset.state<OfDomain>({
  id: 'microsoft365/sender-policies',
  title: 'Sender policies (SPF) of domains',
  docs: 'https://www.rfc-editor.org/rfc/rfc7208',
  permissions: resolverPermissions,
  tier: 'dns',
  personal: [],
  speaks: [
    speaks(MailDomain, ['senderPolicies', 'senderPoliciesSigned']),
    speaks(SenderPolicy, ['domain', 'name', 'texts'], { lists: true }),
  ],
  each: eachMailDomain,
  requests: (_, domain) => [lookup('TXT', nameOf(domain), { follow: true })],
  lists: [
    dataset.one('', answered('TXT'), ({ name, signed, records }, { parent }: Reading<Scope, OfDomain>) => {
      const domain = nameOf(parent);
      const texts = records.filter(isSenderPolicy);
      return name === domain
        ? [MailDomain.record({ id: domain, senderPolicies: texts, senderPoliciesSigned: signed })]
        : [SenderPolicy.record({ id: `${domain} ${name}`, domain, name, texts })];
    }),
  ],
});
