import { z } from 'zod';
import { AccessReview } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Scope = z.looseObject({ query: z.string().nullish() });
const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  status: z.string().nullish(),
  scope: z.looseObject({ query: z.string().nullish(), resourceScopes: z.array(Scope).nullish() }).nullish(),
  settings: z
    .object({
      recurrence: z
        .object({ pattern: z.object({ type: z.string() }).nullish() })
        .nullable()
        .optional(),
      defaultDecisionEnabled: z.boolean().nullish(),
      autoApplyDecisionsEnabled: z.boolean().nullish(),
    })
    .nullish(),
});

/** Reviews of access that were set up, and how often each comes round. */
export const accessReviews = dataset.state({
  id: 'microsoft365/access-reviews',
  title: 'Access reviews',
  docs: 'https://learn.microsoft.com/graph/api/accessreviewset-list-definitions',
  permissions: ['AccessReview.Read.All'],
  licence: 'Microsoft Entra ID P2',
  personal: ['names of people', 'e-mail addresses'],
  speaks: [
    speaks(AccessReview, ['name', 'state', 'scope', 'recurs', 'decidesByDefault', 'appliesDecisions'], {
      lists: true,
    }),
  ],
  // The largest page: https://learn.microsoft.com/graph/api/accessreviewset-list-definitions#optional-query-parameters
  requests: () => [listing('/identityGovernance/accessReviews/definitions', { $top: '100' })],
  lists: [
    dataset.list('/value', Item, ({ id, displayName, status, scope, settings }) => [
      AccessReview.record({
        id,
        name: known(displayName, silent),
        state: known(status, silent),
        scope: known(
          scope?.query ?? scope?.resourceScopes?.map(({ query }) => query ?? '').join(' '),
          silent,
        ),
        recurs: recurrenceOf(settings?.recurrence),
        decidesByDefault: known(settings?.defaultDecisionEnabled, silent),
        appliesDecisions: known(settings?.autoApplyDecisionsEnabled, silent),
      }),
    ]),
  ],
});

/** Null says that it comes once; an answer without it says nothing. */
function recurrenceOf(
  recurrence: { readonly pattern?: { readonly type: string } | null | undefined } | null | undefined,
): string | Unknown {
  if (recurrence === undefined) return { unknown: silent };
  return recurrence?.pattern?.type ?? 'once';
}
