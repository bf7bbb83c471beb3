import { z } from 'zod';
import { ConsentWorkflow } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, silent, single } from './scope.ts';

const Item = z.object({
  isEnabled: z.boolean(),
  notifyReviewers: z.boolean().nullish(),
  requestDurationInDays: z.int().nullish(),
  reviewers: z.array(z.object({ query: z.string() })).nullish(),
});

/** Whether people can ask an administrator to let a program in, and who decides. */
export const adminConsentRequestPolicy = dataset.state({
  id: 'microsoft365/admin-consent-request-policy',
  title: 'Admin consent workflow',
  docs: 'https://learn.microsoft.com/graph/api/adminconsentrequestpolicy-get',
  permissions: ['Policy.Read.All'],
  personal: [],
  speaks: [speaks(ConsentWorkflow, ['enabled', 'reviewers', 'notifies', 'daysToDecide'], { lists: true })],
  requests: () => [single('/policies/adminConsentRequestPolicy')],
  lists: [
    dataset.one('', Item, ({ isEnabled, notifyReviewers, requestDurationInDays, reviewers }) => [
      ConsentWorkflow.record({
        // A tenant has one, which has no id.
        id: 'adminConsentRequestPolicy',
        enabled: isEnabled,
        reviewers: known(
          reviewers?.map(({ query }) => query),
          silent,
        ),
        notifies: known(notifyReviewers, silent),
        daysToDecide: known(requestDurationInDays, silent),
      }),
    ]),
  ],
});
