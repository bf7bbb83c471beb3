import { z } from 'zod';
import { Leaver } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const leaverDisabledEntra = control({
  id: 'leaver-disabled-entra',
  severity: 'critical',
  assertion:
    'At each reading, nobody could sign in with the account in a connected Microsoft 365 tenant of anybody whom the list of leavers, of at most 35 days before unless the policy says otherwise, names as having left on an earlier day. When after leaving it was switched off is not part of this statement.',
  board: 'The account of somebody who left is the commonest gap that auditors find, and a way to steal.',
  remedy: 'Switch off each listed account now, and have the system of the employees do it by itself.',
  collectors: ['microsoft365'],
  population: 'people on the list of leavers that was handed over',
  parameters: z.strictObject({
    /** How old the list may be, in days. */
    maxListAgeDays: z.number().int().min(1).max(92).default(35),
  }),
  over: need(Leaver, ['leftOn', 'listedOn', 'enabled']),
  related: {},
  test: (leaver, { asOf, parameters: { maxListAgeDays } }) =>
    leaver.given(['leftOn', 'listedOn'], ({ leftOn, listedOn }) => {
      if (leftOn >= asOf.slice(0, 10)) return notApplicable(`their last day is ${leftOn}`);
      return leaver.given(['enabled'], ({ enabled }) => {
        if (enabled) return fail(`left on ${leftOn}, and the account can still be signed in to`);
        const age = daysBetween(listedOn, asOf);
        return age > maxListAgeDays
          ? noData(`the list is ${age} days old: who left since is not known`)
          : pass(`left on ${leftOn}, and the account is switched off`);
      });
    }),
});
