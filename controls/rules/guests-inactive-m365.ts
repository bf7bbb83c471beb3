import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { notApplicable } from '../finding.ts';
import { usedLately } from '../sign-in-age.ts';

export const guestsInactiveM365 = control({
  id: 'guests-inactive-m365',
  severity: 'medium',
  assertion:
    'At each reading, every enabled guest account of every connected Microsoft 365 tenant had been signed in with here within the days that the policy allows (90 unless it says otherwise) by Microsoft’s record, or had been invited lately (at most 30 days before unless the policy says otherwise) and had no such record yet. Who answers for each guest was not read.',
  board: 'Past partners should not keep reading our files.',
  remedy: 'Remove the listed guests, and have the others looked at again each quarter.',
  collectors: ['microsoft365'],
  population: 'members and guests of connected Microsoft 365 tenants',
  parameters: z.strictObject({
    maximumDays: z.number().int().min(1).default(90),
    graceDays: z.number().int().min(0).default(30),
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
  test: (account, { asOf, parameters }) =>
    account.given(['userType'], ({ userType }) => {
      if (userType !== 'guest') return notApplicable('a member, which another control is about');
      return account.given(['enabled'], ({ enabled }) =>
        enabled ? usedLately(account, { asOf, ...parameters }) : notApplicable('sign-in is blocked'),
      );
    }),
});
