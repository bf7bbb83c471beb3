import { z } from 'zod';
import { DmarcPolicy, MailDomain, SenderPolicy, SigningKey } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { enforcement } from '../dmarc.ts';
import { all, any, fail, noData, pass } from '../finding.ts';
import { declaredSenders, sendsNothing } from '../sender-policy.ts';

/** A key that was not taken back: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1 */
const isKey = (text: string) => /(?:^|;)\s*p\s*=\s*[A-Za-z0-9+/]/.test(text);

export const spfDkimValid = control({
  id: 'spf-dkim-valid',
  severity: 'medium',
  assertion:
    'At each reading, the resolver that was asked knew, for every verified domain of every connected Microsoft 365 tenant that is not lent by Microsoft, and for every domain declared beside them, one sender policy (SPF) that receivers can use and that refuses all servers which it does not name, and a key at a selector of Microsoft’s (DKIM), or that the domain sends no mail.',
  board: 'Our mail arrives, and forgeries are told from it.',
  remedy:
    'Publish one SPF text of at most ten look-ups that ends in -all, and turn on DKIM for each domain that sends; a domain that sends nothing says v=spf1 -all.',
  collectors: ['microsoft365'],
  population: 'verified domains of connected Microsoft 365 tenants, and declared ones',
  parameters: z.strictObject({}),
  over: need(MailDomain, ['organizationalDomain', 'senderPolicies']),
  related: {
    referred: need(SenderPolicy, ['name', 'texts'], 'domain'),
    policies: need(DmarcPolicy, ['name', 'texts', 'signed'], 'domain'),
    keys: need(SigningKey, ['texts'], 'domain'),
  },
  test: (domain, { related }) =>
    domain.given(['senderPolicies'], ({ senderPolicies }) => {
      if (sendsNothing(senderPolicies)) return pass('it says that no server may send for it');
      const texts = new Map<string, readonly string[]>();
      for (const each of related('referred'))
        each.given(['name', 'texts'], (policy) => {
          texts.set(policy.name, policy.texts);
          return pass('');
        });
      const keys = any(
        related('keys').map((key) =>
          key.given(['texts'], (found) =>
            found.texts.some(isKey) ? pass('a key to check its mail with is published') : fail(''),
          ),
        ),
        fail(''),
      );
      return domain.given(['organizationalDomain'], ({ organizationalDomain }) => {
        const enforced = enforcement(domain.id, organizationalDomain, related('policies'));
        return all([
          declaredSenders(senderPolicies, (name) => texts.get(name), enforced),
          keys.status === 'fail'
            ? noData(
                'no key stands at the selectors of Microsoft 365, and whether mail is signed with another is not known',
              )
            : keys,
        ]);
      });
    }),
});
