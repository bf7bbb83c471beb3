import { DmarcPolicy, MailDomain } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import {
  answered,
  eachMailDomain,
  expectName,
  nameOf,
  namesUpFrom,
  organizationalDomainOf,
  resolverPermissions,
  type OfDomain,
} from './mail-domains.ts';
import { dataset, lookup, type Scope } from './scope.ts';

const undecided =
  'receivers do not agree which domain was registered here, because its suffix is one of a company and not of a registry';
const at = (domain: string) => `_dmarc.${domain}`;
/** Whatever looks like one is kept: whether receivers take it for one is judged. */
const looksLike = (text: string) => /^\s*v\s*=\s*dmarc/i.test(text);
const namesFor = (domain: OfDomain) => namesUpFrom(nameOf(domain)).map(at);

/** What receivers shall do with mail that only claims to be from a domain: its own word, and that of the domain above. */
export const dmarcPolicies = dataset.state<OfDomain>({
  id: 'microsoft365/dmarc-policies',
  title: 'DMARC policies of domains',
  docs: 'https://www.rfc-editor.org/rfc/rfc7489',
  permissions: resolverPermissions,
  tier: 'dns',
  personal: ['e-mail addresses'],
  speaks: [
    // It alone lists them, so that a domain of which something else could not be looked up is judged by the rest.
    speaks(MailDomain, ['organizationalDomain'], { lists: true }),
    speaks(DmarcPolicy, ['domain', 'name', 'texts', 'signed'], { lists: true }),
  ],
  each: eachMailDomain,
  requests: (_, domain) => namesFor(domain).map((name) => lookup('TXT', name)),
  lists: [
    dataset.one('', answered('TXT'), (answer, { parent }: Reading<Scope, OfDomain>) => {
      expectName(answer.name, namesFor(parent));
      const domain = nameOf(parent);
      const name = answer.name.slice(at('').length);
      const texts = answer.records.filter(looksLike);
      const policy = { id: `${domain} ${name}`, domain, name, texts, signed: answer.signed };
      const registered = organizationalDomainOf(domain) ?? { unknown: undecided };
      return [
        ...(name === domain ? [MailDomain.record({ id: domain, organizationalDomain: registered })] : []),
        DmarcPolicy.record(policy),
      ];
    }),
  ],
});
