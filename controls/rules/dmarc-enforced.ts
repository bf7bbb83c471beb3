import { z } from 'zod';
import { DmarcPolicy, MailDomain } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { enforcement } from '../dmarc.ts';

export const dmarcEnforced = control({
  id: 'dmarc-enforced',
  severity: 'high',
  assertion:
    'At each reading, the resolver that was asked knew, for every verified domain of every connected Microsoft 365 tenant that is not lent by Microsoft, and for every domain declared beside them, a DMARC policy that asks receivers to quarantine or reject all mail that only claims to be from it, and to report it.',
  board: 'Criminals who write in our name reach customers and payments.',
  remedy: 'Move each listed domain from p=none to quarantine, then to reject, and have reports sent (rua).',
  collectors: ['microsoft365'],
  population: 'verified domains of connected Microsoft 365 tenants, and declared ones',
  parameters: z.strictObject({}),
  over: need(MailDomain, ['organizationalDomain']),
  related: { policies: need(DmarcPolicy, ['name', 'texts', 'signed'], 'domain') },
  test: (domain, { related }) =>
    domain.given(['organizationalDomain'], ({ organizationalDomain }) =>
      enforcement(domain.id, organizationalDomain, related('policies')),
    ),
});
