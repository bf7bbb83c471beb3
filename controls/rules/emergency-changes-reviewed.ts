import { z } from 'zod';
import { ChangeToApprove } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { workingDaysAfter } from '../days.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const emergencyChangesReviewed = control({
  id: 'emergency-changes-reviewed',
  severity: 'medium',
  assertion:
    'Each change of a default branch of a connected GitHub organisation in the 30 days up to each reading that came without a pull request or merge queue, other than by automation that the policy names, and since which the working days that the policy allows (two unless it says otherwise; Mondays to Fridays in UTC) have passed, is named in the list of approvals that was handed over as approved within these by somebody who is not called as whoever did it is, as far as accounts and the people who are written down tell. How well it was looked at is not part of this statement.',
  board: 'Speed without losing control.',
  remedy:
    'Have each listed change looked at now, and add who did to the list of approvals with its id; write down under `people` whose account did it, where no source tells.',
  collectors: ['github'],
  population: 'changes of default branches without a pull request in the last 30 days',
  parameters: z.strictObject({
    workingDays: z.number().int().min(1).max(10).default(2),
    /** Ids of accounts of programs whose pushes were agreed to, such as one that notes versions. */
    automation: z.array(z.string()).default([]),
  }),
  over: need(ChangeToApprove, ['at', 'what', 'actor', 'byProgram', 'approvals', 'listedOn'], undefined, {
    type: ['emergency'],
  }),
  related: {},
  days: 30,
  test: (change, { asOf, parameters: { workingDays, automation } }) => {
    const reviewed = () =>
      change.given(['at', 'what'], ({ at, what }) => {
        const day = at.slice(0, 10);
        const last = workingDaysAfter(day, workingDays);
        return change.given(['approvals', 'listedOn'], ({ approvals, listedOn }) => {
          const good = approvals.find(({ on, own }) => day <= on && on <= last && !own);
          if (good) return pass(`${what} of ${day}: ${good.reference}, approved by ${good.by} on ${good.on}`);
          if (asOf.slice(0, 10) <= last)
            return notApplicable(`${what} of ${day} can be looked at until ${last}`);
          if (listedOn <= last)
            return noData(
              `${what} of ${day}: the list of approvals is of ${listedOn}, and there was time until ${last}`,
            );
          const [first] = approvals;
          if (first === undefined) return fail(`${what} of ${day}: the list of approvals does not name it`);
          return fail(
            first.own
              ? `${what} of ${day}: ${first.reference} was approved by ${first.by}, who did it`
              : `${what} of ${day}: ${first.reference} was approved on ${first.on}, and not from ${day} to ${last}`,
          );
        });
      });
    if (automation.length === 0) return reviewed();
    return change.given(['actor', 'byProgram'], ({ actor, byProgram }) =>
      byProgram && automation.includes(actor)
        ? notApplicable('a program did it that the policy names')
        : reviewed(),
    );
  },
});
