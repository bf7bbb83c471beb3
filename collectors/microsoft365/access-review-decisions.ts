import { z } from 'zod';
import { AccessDecision, AccessReviewRound } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { accessReviewInstances } from './access-review-instances.ts';
import { dataset, idIn, listing, silent, Time, timeOrNever, type Scope } from './scope.ts';

type OfRound = { readonly id: string; readonly review: string; readonly round: string };

const Item = z.object({
  id: z.string().min(1),
  decision: z.string().nullish(),
  applyResult: z.string().nullish(),
  principal: z.object({ id: z.string().nullish() }).nullish(),
  // Null says that nobody has; an answer without it says nothing.
  reviewedBy: z.object({ id: z.string().nullish() }).nullable().optional(),
  reviewedDateTime: Time.nullable().optional(),
});

/** What was decided about each access in each round, by whom and when. */
export const accessReviewDecisions = dataset.state<OfRound>({
  id: 'microsoft365/access-review-decisions',
  title: 'Decisions of access reviews',
  docs: 'https://learn.microsoft.com/graph/api/accessreviewinstance-list-decisions',
  permissions: ['AccessReview.Read.All'],
  licence: 'Microsoft Entra ID P2',
  tier: 'full',
  personal: ['account names', 'e-mail addresses', 'names of people', 'times of use'],
  // Reviewers write why in their own words.
  secrets: ['/value/*/justification'],
  speaks: [speaks(AccessDecision, ['round', 'account', 'decision', 'applied', 'by', 'at'], { lists: true })],
  each: each(accessReviewInstances, AccessReviewRound, ['review', 'round']),
  requests: (_, { review, round }) => [
    listing(
      `/identityGovernance/accessReviews/definitions/${idIn(review)}/instances/${idIn(round)}/decisions`,
      { $top: '100' },
    ),
  ],
  lists: [
    dataset.list('/value', Item, (item, { parent }: Reading<Scope, OfRound>) => [
      AccessDecision.record({
        id: `${parent.id}:${item.id}`,
        round: parent.id,
        account: known(item.principal?.id, silent),
        decision: known(item.decision, silent),
        applied: known(item.applyResult, silent),
        by: known(item.reviewedBy === null ? 'none' : item.reviewedBy?.id, silent),
        at: known(timeOrNever(item.reviewedDateTime), silent),
      }),
    ]),
  ],
});
