import { z } from 'zod';
import { Leaver } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const leaverDisabledEntra = control({
  id: 'leaver-disabled-entra',
  severity: 'critical',
  assertion:
    'At each reading, nobody could sign in with an account in a connected Microsoft 365 tenant that is known to be that of anybody whom the list of leavers, of at most 35 days before unless the policy says otherwise, names as having left on an earlier day. When after leaving it was switched off is not part of this statement.',
  board: 'The account of somebody who left is the commonest gap that auditors find, and a way to steal.',
  remedy: 'Switch off each listed account now, and have the system of the employees do it by itself.',
  collectors: ['microsoft365'],
  population: 'people on the list of leavers that was handed over',
  parameters: z.strictObject({
    /** How old the list may be, in days. */
    maxListAgeDays: z.number().int().min(1).max(92).default(35),
  }),
  over: need(Leaver, ['leftOn', 'listedOn', 'enabled', 'named', 'disabledAt', 'elsewhere']),
  related: {},
  test: (leaver, { asOf, parameters: { maxListAgeDays } }) =>
    leaver.given(['listedOn', 'named'], ({ listedOn, named }) => {
      const age = daysBetween(listedOn, asOf);
      const stale =
        age > maxListAgeDays && noData(`the list is ${age} days old: who left since is not known`);
      if (!named) return stale || notApplicable('the list names nobody');
      return leaver.given(['leftOn'], ({ leftOn }) => {
        if (leftOn >= asOf.slice(0, 10)) return stale || notApplicable(`their last day is ${leftOn}`);
        return leaver.given(['enabled'], ({ enabled }) => {
          const also = leaver.given(['elsewhere'], ({ elsewhere }) => pass(elsewhere.join(', ')));
          const where =
            also.status === 'pass' && also.reason !== '' ? `; still usable elsewhere: ${also.reason}` : '';
          if (enabled) return fail(`left on ${leftOn}, and the account can still be signed in to${where}`);
          const lag = leaver.given(['disabledAt'], ({ disabledAt }) => pass(lagOf(leftOn, disabledAt)));
          const when = lag.status === 'pass' ? ` ${lag.reason}` : `; ${lag.reason}`;
          return stale || pass(`left on ${leftOn}, and the account is switched off${when}${where}`);
        });
      });
    }),
});

/** How long after their last day, which ends at midnight in UTC: nobody says in which zone it is meant. */
function lagOf(leftOn: string, disabledAt: string): string {
  const end = Date.parse(`${leftOn}T00:00:00.000Z`) + 86_400_000;
  const hours = Math.ceil((Date.parse(disabledAt) - end) / 3_600_000);
  const at = `at ${disabledAt.slice(0, 16)}Z`;
  return hours > 0
    ? `${at}, ${hours} hours after the end of that day in UTC`
    : `${at}, before the end of that day in UTC`;
}
