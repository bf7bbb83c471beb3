import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing, Time, timeOf } from './scope.ts';

const User = z.object({
  id: z.guid(),
  signInActivity: z
    .object({ lastSignInDateTime: Time.nullish(), lastSuccessfulSignInDateTime: Time.nullish() })
    .nullish(),
});

/** Microsoft has no such record of those who never signed in and of those who did so long ago, and does not tell which. */
const silent = 'Microsoft has no record of a sign-in, which may be older than its records';

/**
 * When everybody signed in last. It is read apart from the users themselves, because without a licence the whole answer
 * is refused and not this one property.
 */
export const userSignInActivity = dataset.state({
  id: 'microsoft365/user-sign-in-activity',
  title: 'Last sign-ins of users',
  docs: 'https://learn.microsoft.com/graph/api/resources/signinactivity',
  permissions: ['AuditLog.Read.All', 'User.Read.All'],
  licence: 'Microsoft Entra ID P1',
  personal: ['times of use'],
  speaks: [speaks(Account, ['lastSignInAt', 'lastSuccessfulSignInAt'])],
  // With this property a page has 500 at most: https://learn.microsoft.com/graph/api/user-list#optional-query-parameters
  requests: () => [listing('/users', { $select: 'id,signInActivity', $top: '500' })],
  lists: [
    dataset.list('/value', User, ({ id, signInActivity }) => [
      Account.record({
        id,
        lastSignInAt: known(timeOf(signInActivity?.lastSignInDateTime), silent),
        lastSuccessfulSignInAt: known(timeOf(signInActivity?.lastSuccessfulSignInDateTime), silent),
      }),
    ]),
  ],
  neverEmpty: 'a tenant always has an administrator',
  count: { what: "Graph's count of users", request: () => counting('/users'), of: countIn },
});
