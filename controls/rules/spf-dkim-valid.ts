import { z } from 'zod';
import { DmarcPolicy, MailDomain, SenderPolicy, SigningKey } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { enforcement } from '../dmarc.ts';
import { all, any, fail, noData, pass } from '../finding.ts';
import { declaredSenders, sendsNothing } from '../sender-policy.ts';
import { isSigningKey } from '../signing-key.ts';
import { told } from '../told.ts';

/** Of several texts at one selector nobody knows which counts. */
const signingKeyIn = ([text = '', ...others]: readonly string[]) =>
  isSigningKey(text) && others.length === 0
    ? pass('a key is published at a selector of Microsoft 365; whether mail is signed with it was not read')
    : fail('');

export const spfDkimValid = control({
  id: 'spf-dkim-valid',
  severity: 'medium',
  assertion:
    'At each reading, the resolver that was asked knew, for every verified domain of every connected Microsoft 365 tenant that is not lent by Microsoft, and for every domain declared beside them, one sender policy (SPF) that is well formed, takes at most ten look-ups, names no more IPv4 addresses by number than the policy allows (16,777,216 unless it says otherwise), and has servers that it does not name refused, or doubted where DMARC makes receivers act on that, and a key at a selector of Microsoft’s (DKIM); or said that no server may send for it. Hosts that it names were not looked up, nor whether mail is signed.',
  board: 'Receivers can tell our servers from others, so that our mail arrives.',
  remedy:
    'Publish one SPF text of at most ten look-ups that ends in -all, and turn on DKIM for each domain that sends; a domain that sends nothing says v=spf1 -all.',
  collectors: ['microsoft365'],
  population: 'verified domains of connected Microsoft 365 tenants, and declared ones',
  parameters: z.strictObject({ mostAddresses: z.number().int().min(1).default(16_777_216) }),
  over: need(MailDomain, ['organizationalDomain', 'senderPolicies', 'senderPoliciesSigned']),
  related: {
    referred: need(SenderPolicy, ['name', 'texts'], 'domain'),
    policies: need(DmarcPolicy, ['name', 'texts', 'signed'], 'domain'),
    keys: need(SigningKey, ['texts'], 'domain'),
  },
  test: (domain, { related, parameters: { mostAddresses } }) =>
    domain.given(['senderPolicies', 'senderPoliciesSigned'], ({ senderPolicies, senderPoliciesSigned }) => {
      const proof = senderPoliciesSigned ? '' : ', by an answer that no signature proves';
      if (sendsNothing(senderPolicies)) return pass(`it says that no server may send for it${proof}`);
      // Of one that is not told there is nothing to walk into, which is no data.
      const { known } = told(related('referred'), ['name', 'texts']);
      const texts = new Map(known.map((policy) => [policy.name, policy.texts]));
      const keys = any(
        related('keys').map((key) => key.given(['texts'], (found) => signingKeyIn(found.texts))),
        fail(''),
      );
      return domain.given(['organizationalDomain'], ({ organizationalDomain }) => {
        const enforced = enforcement(domain.id, organizationalDomain, related('policies'));
        const senders = declaredSenders(senderPolicies, (name) => texts.get(name), {
          enforced,
          mostAddresses,
        });
        return all([
          { ...senders, reason: `${senders.reason}${proof}` },
          keys.status === 'fail'
            ? noData(
                'no key stands at the selectors of Microsoft 365, and whether mail is signed with another is not known',
              )
            : keys,
        ]);
      });
    }),
});
