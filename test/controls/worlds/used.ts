import type { Told } from '../support.ts';
import { microsoft365 } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** When everybody signed in last; of `cleo` what is given. */
export function signIns(cleo: Fields = {}): Told {
  return {
    dataset: 'microsoft365/user-sign-in-activity',
    kinds: { account: { speaks: ['lastSignInAt', 'lastSuccessfulSignInAt', 'signInRecorded'] } },
    records: ['ada', 'bob', 'cleo'].map((id) => ({
      kind: 'account',
      id,
      lastSignInAt: '2026-06-29T00:00:00.000Z',
      lastSuccessfulSignInAt: '2026-06-28T00:00:00.000Z',
      signInRecorded: true,
      ...(id === 'cleo' ? cleo : {}),
    })),
  };
}

/** A tenant that is known to be used. */
export const used = ({ user = {}, cleo = {} }: { user?: Fields; cleo?: Fields } = {}) => [
  ...microsoft365({ user }),
  signIns(cleo),
];
