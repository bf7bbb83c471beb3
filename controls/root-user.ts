import type { View } from './control.ts';
import { noData, notApplicable, type Finding } from './finding.ts';

/** Judges the one root user among the accounts of a cloud account. Where it is not clear which one that is, nothing is judged. */
export function rootOf<V extends { readonly root: boolean }>(
  accounts: readonly View<V>[],
  judge: (root: View<V>) => Finding,
): Finding {
  const [only, ...others] = accounts
    .map((account) =>
      account.given(['root'], ({ root }) => (root ? judge(account) : notApplicable('no root user'))),
    )
    .filter(({ status }) => status !== 'not-applicable');
  if (!only) return noData('the root user is in no reading');
  return others.length === 0
    ? only
    : noData(`it is not clear which account is the root user: ${only.reason}`);
}
