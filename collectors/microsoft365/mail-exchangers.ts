import { MailDomain } from '../../evidence-model/kinds.ts';
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

/** Where mail for each domain is taken in. */
export const mailExchangers = dataset.state<OfDomain>({
  id: 'microsoft365/mail-exchangers',
  title: 'Mail exchangers (MX) of domains',
  docs: 'https://www.rfc-editor.org/rfc/rfc5321#section-5.1',
  permissions: resolverPermissions,
  tier: 'dns',
  personal: [],
  speaks: [speaks(MailDomain, ['mailExchangers'])],
  each: eachMailDomain,
  requests: (_, domain) => [lookup('MX', nameOf(domain))],
  lists: [
    dataset.one('', answered('MX'), ({ name, records }, { parent }: Reading<Scope, OfDomain>) => {
      expectName(name, [nameOf(parent)]);
      return [MailDomain.record({ id: name, mailExchangers: records })];
    }),
  ],
});
