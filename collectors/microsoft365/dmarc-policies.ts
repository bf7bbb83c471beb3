import { DmarcPolicy, MailDomain } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import {
  Answered,
  eachMailDomain,
  nameOf,
  organizationalDomainOf,
  resolverPermissions,
  type OfDomain,
} from './mail-domains.ts';
import { dataset, lookup, type Scope } from './scope.ts';

const at = (domain: string) => `_dmarc.${domain}`;
/** https://www.rfc-editor.org/rfc/rfc7489#section-6.6.3 */
const isPolicy = (text: string) => /^v=DMARC1\s*(?:;|$)/.test(text);

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
  requests: (_, domain) => {
    const name = nameOf(domain);
    const above = organizationalDomainOf(name);
    return [lookup('TXT', at(name)), ...(above === null || above === name ? [] : [lookup('TXT', at(above))])];
  },
  lists: [
    dataset.one('', Answered, (answer, { parent }: Reading<Scope, OfDomain>) => {
      const domain = nameOf(parent);
      const name = answer.name.slice(at('').length);
      const texts = answer.records.filter(isPolicy);
      const policy = { id: `${domain} ${name}`, domain, name, texts, signed: answer.signed };
      return [
        ...(name === domain
          ? [
              MailDomain.record({
                id: domain,
                organizationalDomain: organizationalDomainOf(domain) ?? 'none',
              }),
            ]
          : []),
        DmarcPolicy.record(policy),
      ];
    }),
  ],
});
