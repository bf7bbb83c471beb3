import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { providerNeeds, provedElsewhere } from '../conditional-access/provider.ts';
import { ownSetting, required } from '../conditional-access/required.ts';
import { accessNeeds, readTenant } from '../conditional-access/tenant.ts';
import { control, need } from '../control.ts';
import { notApplicable } from '../finding.ts';

export const mfaRequiredAllUsersM365 = control({
  id: 'mfa-required-all-users-m365',
  severity: 'critical',
  assertion:
    'At each reading, no enabled account of a connected Microsoft 365 tenant, of members or guests, could sign in to any application without a second factor: enabled conditional access policies asked for one, or blocked, on every way of signing in that they tell apart. A claim of an earlier sign-in may meet that, and of guests one of their own organisation; but no account was of a federated domain whose provider’s word the tenant takes for a second factor.',
  board: 'A stolen password alone must not open company mail and files.',
  remedy:
    'Have one conditional access policy ask everybody for MFA in every application, with every client and from every place, and keep those whom it leaves out as named exceptions.',
  collectors: ['microsoft365'],
  population: 'members and guests of connected Microsoft 365 tenants',
  parameters: z.strictObject({}),
  over: need(Account, ['enabled']),
  related: { ...accessNeeds, ...providerNeeds, ...ownSetting },
  test: (account, { once, related, open }) =>
    account.given(['enabled'], ({ enabled }) => {
      if (!enabled) return notApplicable('sign-in is blocked');
      const { access, account: accountOf, defaults } = once('tenant', readTenant);
      return required(access.judge(accountOf(account.id), { proof: 'mfa' }), {
        what: 'a second factor',
        defaults,
        policies: related('policies'),
        open: open('policies'),
        own: related('states', account.id),
        elsewhere: once('elsewhere', provedElsewhere)(account.id),
      });
    }),
});
