import type { z } from 'zod';
import type { ChangeToApprove } from '../evidence-model/kinds.ts';
import { daysBetween } from './days.ts';
import { fail, noData, notApplicable, pass, type Finding } from './finding.ts';
import type { View } from './control.ts';

type Fields = (typeof ChangeToApprove)['fields'];
/** What a control over approvals beforehand looks at. */
export const approvedBefore = ['at', 'what', 'happened', 'approvals', 'listedOn'] as const;
type Change = View<{ readonly [F in (typeof approvedBefore)[number]]: z.output<Fields[F]> }>;

/** How far back is looked: what logs tell is of these days, and what no log tells, such as users of AWS, may be older. */
const longestDays = 30;

/** Whether the list of approvals has one for a change that is of its day at the latest, and somebody else's. */
export function approvedBeforehand(change: Change, loggedTo: string): Finding {
  return change.given(['at', 'what', 'happened'], ({ at, what, happened }) => {
    const day = at.slice(0, 10);
    if (!happened) return notApplicable(`${what} of ${day} did not succeed`);
    if (daysBetween(at, loggedTo) > longestDays)
      return notApplicable(`${what}, on ${day}, before the last 30 days`);
    return change.given(['approvals', 'listedOn'], ({ approvals, listedOn }) => {
      const good = approvals.find(({ on, own }) => on <= day && !own);
      if (good) return pass(`${what} of ${day}: ${good.reference}, approved by ${good.by} on ${good.on}`);
      // Whoever exports a list on the day of a change may have done so before it was approved.
      if (listedOn <= day)
        return noData(`${what} of ${day}: the list of approvals is of ${listedOn}, and may not have it yet`);
      const [first] = approvals;
      if (first === undefined) return fail(`${what} of ${day}: the list of approvals does not name it`);
      return fail(
        first.own
          ? `${what} of ${day}: ${first.reference} was approved by ${first.by}, who is called as whom it concerns`
          : `${what} of ${day}: ${first.reference} was approved on ${first.on}, afterwards`,
      );
    });
  });
}
