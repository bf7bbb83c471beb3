import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { EmergencyAccounts } from '../directory-roles.ts';
import { notApplicable } from '../finding.ts';
import { usedLately } from '../sign-in-age.ts';

export const dormantAccountsM365 = control({
  id: 'dormant-accounts-m365',
  severity: 'high',
  assertion:
    'At each reading, every enabled member account of every connected Microsoft 365 tenant, other than at most two that the policy names as emergency accounts, had been signed in to within the days that the policy allows (90 unless it says otherwise) by Microsoft’s record, or was new (at most 30 days old unless the policy says otherwise) and without such a record.',
  board: 'Idle accounts are entry points nobody watches.',
  remedy: 'Block sign-in to the listed accounts, and delete them 30 days later.',
  collectors: ['microsoft365'],
  population: 'members and guests of connected Microsoft 365 tenants',
  parameters: z.strictObject({
    maximumDays: z.number().int().min(1).default(90),
    graceDays: z.number().int().min(0).default(30),
    emergencyAccounts: EmergencyAccounts,
  }),
  over: need(Account, [
    'enabled',
    'userType',
    'createdAt',
    'lastSignInAt',
    'lastSuccessfulSignInAt',
    'signInRecorded',
  ]),
  related: {},
  test: (account, { asOf, parameters: { emergencyAccounts, ...limits } }) =>
    account.given(['enabled'], ({ enabled }) => {
      if (!enabled) return notApplicable('sign-in is blocked');
      if (emergencyAccounts.includes(account.id))
        return notApplicable('the policy names it as an emergency account, which nobody uses');
      return account.given(['userType'], ({ userType }) =>
        userType === 'guest'
          ? notApplicable('a guest, which another control is about')
          : usedLately(account, { asOf, ...limits }),
      );
    }),
});
