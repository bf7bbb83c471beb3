import type { Told } from '../support.ts';
import { wholly } from './changes.ts';

/** People of a Microsoft 365 tenant and what its log names of their sign-ins with one factor. */
export function signedIn({
  user = {},
  signIns = [],
  log = wholly,
}: {
  user?: Readonly<Record<string, unknown>>;
  signIns?: readonly Readonly<Record<string, unknown>>[];
  log?: NonNullable<Told['log']>;
} = {}): Told[] {
  const fields = ['account', 'at', 'succeeded', 'secondFactorAsked', 'application'];
  return [
    {
      dataset: 'microsoft365/users',
      kinds: { account: { speaks: ['name', 'enabled'], lists: true } },
      records: [{ kind: 'account', id: 'ada', name: 'Ada', enabled: true, ...user }],
    },
    {
      dataset: 'microsoft365/single-factor-sign-ins',
      kinds: { 'sign-in': { speaks: fields, lists: true } },
      log,
      records: signIns.map((signIn, n) => ({
        kind: 'sign-in',
        id: `sign-in-${n}`,
        account: 'ada',
        at: '2026-06-20T10:00:00.000Z',
        succeeded: true,
        secondFactorAsked: false,
        application: 'Mail',
        ...signIn,
      })),
    },
  ];
}
