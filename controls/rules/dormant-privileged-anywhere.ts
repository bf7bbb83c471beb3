import { z } from 'zod';
import { AccountAccess } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { EmergencyAccounts } from '../directory-roles.ts';
import { noData, notApplicable, pass } from '../finding.ts';
import { usedLately } from '../sign-in-age.ts';

export const dormantPrivilegedAnywhere = control({
  id: 'dormant-privileged-anywhere',
  severity: 'critical',
  assertion:
    'At each reading, every account of connected GitHub organisations, Microsoft 365 tenants and AWS accounts that could be signed in to and administered something there, or could become an administrator in a known way, was used within the days that the policy allows (45 unless it says otherwise): signed in to by Microsoft’s record, used by password or key by that of AWS, or seen to change a branch on GitHub; or it was new (at most 30 days old unless the policy says otherwise) and without such a record. Root users, roles, whoever owns a group of a tenant that holds a role, and at most two accounts that the policy names as those for emergencies were not judged.',
  board: 'Forgotten power is the easiest to steal unnoticed.',
  remedy: 'Take the rights of the listed accounts, or let people take them on when they need them.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'accounts of connected sources',
  parameters: z.strictObject({
    maximumDays: z.number().int().min(1).default(45),
    graceDays: z.number().int().min(0).default(30),
    emergencyAccounts: EmergencyAccounts,
  }),
  over: need(AccountAccess, [
    ...(['enabled', 'ofThePlace', 'privilege', 'privilegeBy', 'createdAt'] as const),
    ...(['lastSignInAt', 'lastSuccessfulSignInAt', 'signInRecorded', 'activeAt'] as const),
  ]),
  related: {},
  test: (account, { asOf, parameters: { emergencyAccounts, ...limits } }) =>
    account.given(['enabled', 'ofThePlace'], ({ enabled, ofThePlace }) => {
      if (!enabled) return notApplicable('nobody can sign in with it');
      if (ofThePlace) return notApplicable('root users are not for use; root-not-used judges them');
      if (emergencyAccounts.includes(account.id))
        return notApplicable('the policy names it as an emergency account, which nobody uses');
      return account.given(['privilege', 'privilegeBy'], ({ privilege, privilegeBy }) => {
        if (privilege !== 'administrator') return notApplicable(`is no administrator: ${privilegeBy}`);
        const seen = account.given(['activeAt'], ({ activeAt }) => {
          const days = daysBetween(activeAt, asOf);
          return days >= 0 && days <= limits.maximumDays
            ? pass(`did something ${days} days ago, ${limits.maximumDays} are allowed`)
            : noData('what else it did since is not told');
        });
        const finding = seen.status === 'pass' ? seen : usedLately(account, { asOf, ...limits });
        return { ...finding, reason: `${privilegeBy}; ${finding.reason}` };
      });
    }),
});
