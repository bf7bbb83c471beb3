import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const mfaRegisteredAllUsersM365 = control({
  id: 'mfa-registered-all-users-m365',
  severity: 'high',
  assertion:
    "At each reading, every enabled account of every connected Microsoft 365 tenant that was older than the policy grants for a start (7 days unless the policy says otherwise) had, by Microsoft's registration report, a second factor that the tenant allows.",
  board: 'A rule nobody can satisfy becomes lock-outs or quiet exclusions.',
  remedy:
    'Run a registration campaign, use a Temporary Access Pass for the rest, and block sign-in where nobody shall.',
  collectors: ['microsoft365'],
  population: 'members and guests of connected Microsoft 365 tenants',
  parameters: z.strictObject({ graceDays: z.number().int().min(0).default(7) }),
  over: need(Account, ['enabled', 'userType', 'createdAt', 'mfaCapable']),
  related: {},
  test: (account, { asOf, parameters: { graceDays } }) =>
    account.given(['enabled'], ({ enabled }) => {
      if (!enabled) return notApplicable('sign-in is blocked');
      return account.given(['mfaCapable'], ({ mfaCapable }) => {
        if (mfaCapable) return pass('has a second factor registered that the tenant allows');
        return account.given(['userType', 'createdAt'], ({ userType, createdAt }) => {
          const days = daysBetween(createdAt, asOf);
          if (days < 0) return noData('the account is younger than the reading, as the source tells it');
          if (days < graceDays)
            return notApplicable(
              `the account is younger than ${graceDays} days, and has no second factor yet`,
            );
          return userType === 'guest'
            ? noData('the guest has none here, and whether the home organisation asks for one is not read')
            : fail('has no second factor registered that the tenant allows');
        });
      });
    }),
});
