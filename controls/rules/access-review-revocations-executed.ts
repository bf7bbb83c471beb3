import { z } from 'zod';
import { Revocation } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const accessReviewRevocationsExecuted = control({
  id: 'access-review-revocations-executed',
  severity: 'high',
  assertion:
    'At each reading, no account of a connected source that a review on record decided to remove, more days before than the policy allows (10 unless it says otherwise), was there, other than switched off where the source tells that. When it was removed is not part of this statement, nor is what was to be changed.',
  board: 'A review that changes nothing is theatre.',
  remedy: 'Remove the accounts that are listed.',
  collectors: ['microsoft365', 'github', 'aws'],
  population: 'accounts that a review on record decided to remove',
  parameters: z.strictObject({ days: z.number().int().min(1).max(60).default(10) }),
  over: need(Revocation, ['campaign', 'decidedOn', 'state']),
  related: {},
  test: (revocation, { asOf, parameters: { days } }) =>
    revocation.given(['campaign', 'decidedOn'], ({ campaign, decidedOn }) => {
      const decided = `review ${campaign} decided on ${decidedOn} to remove it`;
      if (daysBetween(decidedOn, asOf.slice(0, 10)) <= days)
        return notApplicable(`${decided}, and there is time for ${days} days`);
      return revocation.given(['state'], ({ state }) => {
        if (state === 'there') return fail(`${decided}, and it is still there`);
        return pass(state === 'gone' ? `${decided}, and it is gone` : `${decided}, and it is switched off`);
      });
    }),
});
