import { z } from 'zod';
import { ChangeToApprove } from '../../evidence-model/kinds.ts';
import { approvedBefore, approvedBeforehand } from '../approval-finding.ts';
import { control, need } from '../control.ts';

export const privilegedGrantsApproved = control({
  id: 'privileged-grants-approved',
  severity: 'high',
  assertion:
    'Each time that somebody was added to a role of a connected Microsoft 365 directory, for good or to be activated, or that the role of a member of a connected GitHub organisation was changed or one of its further roles given, in the 30 days up to each reading as the logs of these tell it, the list of approvals that was handed over names it with a request that was approved on its day at the latest, in Microsoft 365 by somebody who is not called as those who got it are, as far as accounts and the people who are written down tell. What the requests say is not part of this statement, nor are groups that hold roles, nor AWS.',
  board: 'Shows that power is given on purpose.',
  remedy: 'Add the request to the list of approvals with the id of the event, or take the power back.',
  collectors: ['microsoft365', 'github'],
  population: 'grants of roles in the last 30 days',
  parameters: z.strictObject({}),
  over: need(ChangeToApprove, approvedBefore, undefined, { type: ['privilege'] }),
  related: {},
  days: 30,
  test: (change, { loggedTo }) => approvedBeforehand(change, loggedTo),
});
