import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing, Time, timeOf } from './scope.ts';

const User = z.object({
  id: z.guid(),
  signInActivity: z
    .object({
      lastSignInDateTime: Time.nullish(),
      lastNonInteractiveSignInDateTime: Time.nullish(),
      lastSuccessfulSignInDateTime: Time.nullish(),
    })
    .nullish(),
});

/**
 * Microsoft leaves it out for whoever never signed in or did so last before April 2020, and tells no success from before
 * December 2023: https://learn.microsoft.com/graph/api/resources/signinactivity
 */
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
  speaks: [speaks(Account, ['lastSignInAt', 'lastSuccessfulSignInAt', 'signInRecorded'])],
  // With this property a page has 500 at most: https://learn.microsoft.com/graph/api/user-list#optional-query-parameters
  requests: () => [listing('/users', { $select: 'id,signInActivity', $top: '500' })],
  lists: [
    dataset.list('/value', User, ({ id, signInActivity }) => {
      const succeeded = latest([signInActivity?.lastSuccessfulSignInDateTime]);
      const tried = latest([
        signInActivity?.lastSignInDateTime,
        signInActivity?.lastNonInteractiveSignInDateTime,
      ]);
      return [
        Account.record({
          id,
          lastSignInAt: known(tried, silent),
          lastSuccessfulSignInAt: known(succeeded, silent),
          signInRecorded: latest([tried, succeeded]) !== null,
        }),
      ];
    }),
  ],
  neverEmpty: 'a tenant always has an administrator',
  count: { what: "Graph's count of users", request: () => counting('/users'), of: countIn },
});

/** What some answers say in the place of nothing. */
const noTime = '0001-01-01T00:00:00.000Z';

/** The latest of these times, where there is any. */
function latest(times: readonly (string | null | undefined)[]): string | null {
  const told = times.flatMap((time) => (typeof time === 'string' ? [timeOf(time)] : []));
  return (
    told
      .filter((time) => time !== noTime)
      .toSorted()
      .at(-1) ?? null
  );
}
