import type { Domains } from './dimensions.ts';
import { compile } from './gate.ts';
import type { Account, Named, Proof, Tenant } from './model.ts';
import type { Gate } from './search.ts';
import type { Way } from './way.ts';
import { whom, type Reach } from './whom.ts';

/** Policies that do the same to those whom they reach: one of them is as good as another. */
export interface Candidate {
  readonly policies: readonly (Named & { readonly reach: (account: Account) => Reach })[];
  readonly blocks: boolean;
  /** What they certainly do, and what they do at best; `null` where everybody gets by. */
  readonly firm: Gate | null;
  readonly best: Gate | null;
  readonly doubts: readonly string[];
}

/** All that may keep somebody from signing in, or from the action, without the proof, in the order of names. */
export function candidatesOf(
  tenant: Tenant,
  asked: { readonly proof: Proof; readonly action: string | null },
  domains: Domains,
): readonly Candidate[] {
  const alike = new Map<string, { candidate: Candidate; policies: Candidate['policies'][number][] }>();
  const sorted = tenant.policies.toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
  for (const policy of sorted) {
    const { id, name } = policy;
    const untold = 'untold' in policy;
    const firm = untold
      ? { gate: null, doubts: [policy.untold] }
      : compile(policy, asked, tenant, domains, false);
    const best = untold ? { gate: [], doubts: [] } : compile(policy, asked, tenant, domains, true);
    if (firm.gate === null && best.gate === null) continue;
    const blocks = !untold && policy.grants.includes('block');
    const doubts = [...new Set([...firm.doubts, ...best.doubts])];
    const key = JSON.stringify([blocks, doubts, keyOf(firm.gate), keyOf(best.gate)]);
    const policies = alike.get(key)?.policies ?? [];
    policies.push({ id, name, reach: untold ? () => everybody : whom(policy) });
    alike.set(key, { candidate: { policies, blocks, firm: firm.gate, best: best.gate, doubts }, policies });
  }
  return [...alike.values()].map(({ candidate }) => candidate);
}

const everybody: Reach = { is: true, why: null };

/** Whether any of them reaches the account; and which does, or may. */
export function reachOf({ policies }: Candidate, account: Account) {
  let may: { readonly is: null; readonly policy: Named; readonly why: string | null } | null = null;
  for (const policy of policies) {
    const { is, why } = policy.reach(account);
    if (is === true) return { is, policy, why: null };
    if (is === null) may ??= { is, policy, why };
  }
  return may ?? { is: false as const, policy: null, why: null };
}

const keyOf = (gate: Gate | null) => gate?.map(textOf).sort() ?? null;

export const textOf = ({ of, inside, outside, trusted, facts }: Way) =>
  JSON.stringify([
    [...of].map(([dimension, allowed]) => [dimension, [...allowed].sort()]),
    [...inside].sort(),
    [...outside].sort(),
    trusted,
    [...facts].sort(),
  ]);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
