import { z } from 'zod';
import { ChangeToApprove } from '../../evidence-model/kinds.ts';
import { approvedBefore, approvedBeforehand } from '../approval-finding.ts';
import { control, need } from '../control.ts';

export const joinerApproved = control({
  id: 'joiner-approved',
  severity: 'medium',
  assertion:
    'Each account that was added in the 30 days up to each reading, as the directory log of Microsoft 365 and the audit log of GitHub tell it, and each user of a connected AWS account that was there at the reading and made in those days, is named in the list of approvals that was handed over, with a request that was approved on its day at the latest, in Microsoft 365 and AWS by somebody who is not called as the account or its holder is, as far as accounts and the people who are written down tell. What the requests say is not part of this statement, nor are outside collaborators of GitHub, users of the identity center of AWS, and users of AWS that were removed again.',
  board: 'Nobody gets in by the back door.',
  remedy:
    'Add the request to the list of approvals with the id of the event or of the account, or find out who let them in.',
  collectors: ['microsoft365', 'github', 'aws'],
  population: 'accounts that were added in the last 30 days',
  parameters: z.strictObject({}),
  over: need(ChangeToApprove, approvedBefore, undefined, { type: ['joiner'] }),
  related: {},
  days: 30,
  test: (change, { loggedTo }) => approvedBeforehand(change, loggedTo),
});
