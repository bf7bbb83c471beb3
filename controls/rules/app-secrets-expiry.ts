import { z } from 'zod';
import { Credential } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const appSecretsExpiry = control({
  id: 'app-secrets-expiry',
  severity: 'medium',
  assertion:
    'At each reading, every password that a connected Microsoft 365 tenant kept for a program, where it was registered or let in, ended within the days that the policy allows (365 unless it says otherwise), and none had ended long before (30 days unless the policy says otherwise). When a program was last used was not read.',
  board: 'Forgotten app passwords are permanent keys.',
  remedy:
    'Replace the listed passwords by shorter ones or by certificates, and delete those that have ended.',
  collectors: ['microsoft365'],
  population: 'passwords and certificates of programs in connected Microsoft 365 tenants',
  parameters: z.strictObject({
    maximumDaysAhead: z.number().int().min(1).default(365),
    maximumDaysOver: z.number().int().min(0).default(30),
  }),
  over: need(Credential, ['type', 'expiresAt']),
  related: {},
  test: (credential, { asOf, parameters: { maximumDaysAhead, maximumDaysOver } }) =>
    credential.given(['type'], ({ type }) => {
      if (type !== 'program-password') return notApplicable('a certificate, and no password');
      return credential.given(['expiresAt'], ({ expiresAt }) => {
        if (expiresAt === 'never') return fail('the password has no end');
        if (Date.parse(expiresAt) <= Date.parse(asOf)) {
          const days = daysBetween(expiresAt, asOf);
          const told = `the password ended ${days} days ago and is there still, ${maximumDaysOver} are allowed`;
          return days > maximumDaysOver ? fail(told) : pass(told);
        }
        const days = daysBetween(asOf, expiresAt);
        const told = `the password ends in ${days} days, ${maximumDaysAhead} are allowed`;
        return days > maximumDaysAhead ? fail(told) : pass(told);
      });
    }),
});
