import { z } from 'zod';
import { DeclaredException } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, noData, notApplicable, pass, type Finding } from '../finding.ts';

const days = z.number().int().min(1).max(730);

export const exceptionsCurrent = control({
  id: 'exceptions-current',
  severity: 'high',
  assertion:
    'At each reading, no exception on record had ended, and each that had begun named an owner who was there, as the accounts of the person tell, an approver who was somebody else, a safeguard in words, which where it named a control was one that passed, and a day on which it is looked at again that had not passed and was at most as many days away as the policy allows: 90 for a control of critical severity and 365 for others, unless it says otherwise.',
  board: 'Signed answers stay true only if exceptions are managed.',
  remedy:
    'Mend what is weak and take the exception off the list, or approve it anew with an owner and a day.',
  collectors: ['exhibit'],
  population: 'exceptions on record',
  parameters: z.strictObject({
    reviewDaysCritical: days.default(90),
    reviewDaysOther: days.default(365),
  }),
  over: need(DeclaredException, [
    ...(['control', 'severity', 'owner', 'approver', 'ownerPresent'] as const),
    ...(['safeguard', 'safeguardStatus', 'start', 'end', 'review'] as const),
  ]),
  related: {},
  test: (exception, { asOf, parameters: { reviewDaysCritical, reviewDaysOther } }) =>
    exception.given(['control', 'start', 'end'], ({ control: of, start, end }) => {
      const today = asOf.slice(0, 10);
      if (end < today) return fail(`it ended on ${end}, and is still on record for ${of}`);
      if (start > today) return notApplicable(`it begins on ${start}`);
      const present = exception.given(['owner', 'ownerPresent'], ({ owner, ownerPresent }) =>
        ownerPresent
          ? pass(`${owner} answers for it`)
          : fail(`${owner}, who answers for it, is not there any more`),
      );
      const another = exception.given(['owner', 'approver'], ({ owner, approver }) =>
        owner === approver ? fail(`${owner} approved what they answer for`) : pass(`${approver} approved it`),
      );
      const safe = exception.given(
        ['safeguard', 'safeguardStatus'],
        ({ safeguard, safeguardStatus }): Finding => {
          if (safeguard === 'none') return pass('its safeguard is told in words');
          if (safeguardStatus === 'pass') return pass(`its safeguard ${safeguard} passes`);
          const told = `its safeguard ${safeguard} does not pass but is ${safeguardStatus}`;
          return safeguardStatus === 'fail' || safeguardStatus === 'excepted' ? fail(told) : noData(told);
        },
      );
      const reviewed = exception.given(['severity', 'review'], ({ severity, review }) => {
        const most = severity === 'critical' ? reviewDaysCritical : reviewDaysOther;
        if (review === 'none') return fail('no day is named on which it is looked at again');
        if (review < today) return fail(`it was to be looked at again by ${review}`);
        const away = daysBetween(today, review);
        return away > most
          ? fail(`it is looked at again in ${away} days, and ${most} are the most for ${severity} severity`)
          : pass(`it is looked at again by ${review}`);
      });
      return all([present, another, safe, reviewed]);
    }),
});
