import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { byDefaults, required } from '../conditional-access/required.ts';
import { accessNeeds, readTenant } from '../conditional-access/tenant.ts';
import { withOldClients } from '../conditional-access/way.ts';
import { control, need } from '../control.ts';
import { notApplicable } from '../finding.ts';

export const legacyAuthBlockedM365 = control({
  id: 'legacy-auth-blocked-m365',
  severity: 'critical',
  assertion:
    'At each reading, every enabled account of a connected Microsoft 365 tenant was refused with old clients, which can show no second factor: enabled conditional access policies blocked them, or asked for what they cannot show, on every way that the policies tell apart; or security defaults were on, which refuse them.',
  board: 'They are a side door around MFA.',
  remedy: 'Block Exchange ActiveSync and other old clients for everybody by a conditional access policy.',
  collectors: ['microsoft365'],
  population: 'members and guests of connected Microsoft 365 tenants',
  parameters: z.strictObject({}),
  over: need(Account, ['enabled']),
  related: accessNeeds,
  test: (account, { once, related, open }) =>
    account.given(['enabled'], ({ enabled }) => {
      if (!enabled) return notApplicable('sign-in is blocked');
      const { access, account: accountOf, defaults } = once('tenant', readTenant);
      // https://learn.microsoft.com/entra/fundamentals/security-defaults
      if (defaults !== null)
        return byDefaults(
          defaults,
          related('policies'),
          'security defaults are on, which refuse old clients',
        );
      return required(access.judge(accountOf(account.id), { proof: 'mfa', within: withOldClients }), {
        what: 'a second factor, which old clients cannot show,',
        defaults,
        policies: related('policies'),
        open: open('policies'),
      });
    }),
});
