import { SigningKey } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { Answered, eachMailDomain, nameOf, resolverPermissions, type OfDomain } from './mail-domains.ts';
import { dataset, lookup, type Scope } from './scope.ts';

/** Where Microsoft has its customers publish keys: https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure */
const selectors = ['selector1', 'selector2'];

/** Keys that receivers check signatures of mail with (DKIM), at the selectors that Microsoft uses. Nobody can list others. */
export const signingKeys = dataset.state<OfDomain>({
  id: 'microsoft365/signing-keys',
  title: 'Signing keys (DKIM) of domains',
  docs: 'https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1',
  permissions: resolverPermissions,
  tier: 'dns',
  personal: [],
  speaks: [speaks(SigningKey, ['domain', 'selector', 'texts'], { lists: true })],
  each: eachMailDomain,
  requests: (_, domain) =>
    selectors.map((selector) => lookup('TXT', `${selector}._domainkey.${nameOf(domain)}`)),
  lists: [
    dataset.one('', Answered, ({ name, records }, { parent }: Reading<Scope, OfDomain>) => [
      SigningKey.record({
        id: name,
        domain: nameOf(parent),
        selector: name.split('._domainkey.')[0] ?? name,
        texts: records,
      }),
    ]),
  ],
});
