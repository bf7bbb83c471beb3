import { z } from 'zod';
import { AccessReview, AccessReviewRound } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { accessReviews } from './access-reviews.ts';
import { dataset, idIn, listing, silent, Time, timeOf, type Scope } from './scope.ts';

type OfReview = { readonly id: string };

const Item = z.object({
  id: z.string().min(1),
  status: z.string().nullish(),
  startDateTime: Time.nullish(),
  endDateTime: Time.nullish(),
});

/** Rounds of each review. */
export const accessReviewInstances = dataset.state<OfReview>({
  id: 'microsoft365/access-review-instances',
  title: 'Rounds of access reviews',
  docs: 'https://learn.microsoft.com/graph/api/accessreviewscheduledefinition-list-instances',
  permissions: ['AccessReview.Read.All'],
  licence: 'Microsoft Entra ID P2',
  personal: ['names of people', 'e-mail addresses'],
  speaks: [speaks(AccessReviewRound, ['review', 'round', 'state', 'from', 'until'], { lists: true })],
  each: each(accessReviews, AccessReview, []),
  requests: (_, { id }) => [
    listing(`/identityGovernance/accessReviews/definitions/${idIn(id)}/instances`, { $top: '100' }),
  ],
  lists: [
    dataset.list('/value', Item, (item, { parent }: Reading<Scope, OfReview>) => [
      AccessReviewRound.record({
        // A review that comes once has one round, of the same id.
        id: `${parent.id}:${item.id}`,
        review: parent.id,
        round: item.id,
        state: known(item.status, silent),
        from: known(timeOf(item.startDateTime), silent),
        until: known(timeOf(item.endDateTime), silent),
      }),
    ]),
  ],
});
