import { SigningKey } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import {
  answered,
  eachMailDomain,
  expectName,
  nameOf,
  resolverPermissions,
  type OfDomain,
} from './mail-domains.ts';
import { dataset, lookup, type Scope } from './scope.ts';

/** Where Microsoft has its customers publish keys: https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure */
const selectors = ['selector1', 'selector2'];

const namesFor = (domain: OfDomain) =>
  selectors.map((selector) => `${selector}._domainkey.${nameOf(domain)}`);

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
  requests: (_, domain) => namesFor(domain).map((name) => lookup('TXT', name)),
  lists: [
    dataset.one('', answered('TXT'), ({ name, records }, { parent }: Reading<Scope, OfDomain>) => {
      expectName(name, namesFor(parent));
      return [
        SigningKey.record({
          id: name,
          domain: nameOf(parent),
          selector: name.split('.')[0] ?? name,
          texts: records,
        }),
      ];
    }),
  ],
});
