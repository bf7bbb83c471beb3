import { z } from 'zod';
import { Account, TenantTrust } from '../../evidence-model/kinds.ts';
import { required } from '../conditional-access/required.ts';
import { accessNeeds, readTenant } from '../conditional-access/tenant.ts';
import { control, need } from '../control.ts';
import { notApplicable } from '../finding.ts';
import { told } from '../told.ts';

export const mfaRequiredGuestsM365 = control({
  id: 'mfa-required-guests-m365',
  severity: 'high',
  assertion:
    "At each reading, no enabled guest of a connected Microsoft 365 tenant could sign in to any application without a second factor: enabled conditional access policies asked for one, or blocked, on every way of signing in that they tell apart. Where the tenant takes another organisation's word for it, which the verdict says, that organisation asked.",
  board: "A partner's weak password should not become our breach.",
  remedy: 'Have a conditional access policy ask guests for MFA in every application and from every place.',
  collectors: ['microsoft365'],
  population: 'members and guests of connected Microsoft 365 tenants',
  parameters: z.strictObject({}),
  over: need(Account, ['enabled', 'userType']),
  related: { ...accessNeeds, trust: need(TenantTrust, ['tenant', 'acceptsMfa']) },
  test: (account, { once, related, open }) =>
    account.given(['enabled', 'userType'], ({ enabled, userType }) => {
      if (userType === 'member') return notApplicable('it belongs to a member');
      if (!enabled) return notApplicable('sign-in is blocked');
      const { access, account: accountOf, defaults } = once('tenant', readTenant);
      const trusts = related('trust');
      const trusted = told(trusts, ['tenant', 'acceptsMfa']).known.filter((each) => each.acceptsMfa);
      // What is not set for a partner is the default's; of the default it must be told.
      const { untold } = told(
        trusts.filter(({ id }) => id === 'default'),
        ['tenant', 'acceptsMfa'],
      );
      const { status, reason } = required(access.judge(accountOf(account.id), { proof: 'mfa' }), {
        what: 'a second factor',
        defaults,
        policies: related('policies'),
        open: open('policies'),
      });
      if (status === 'pass' && untold) return untold;
      const word =
        status === 'pass' && trusted.length > 0
          ? `; the word of ${trusted.map(({ tenant }) => tenant).join(', ')} is taken for it`
          : '';
      return { status, reason: reason + word };
    }),
});
