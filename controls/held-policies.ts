import type { z } from 'zod';
import { Group, Policy, type Principal, VendorPolicy } from '../evidence-model/kinds.ts';
import { need, type Context, type Need, type View } from './control.ts';
import type { Held } from './effective-privilege.ts';
import { statementsOf, type Statements } from './iam-statements.ts';
import { told } from './told.ts';

/** What must be needed to say what somebody in AWS may do. */
export const policyNeeds = {
  groups: need(Group, ['policies'], 'cloudAccount'),
  policies: need(Policy, ['document'], 'id'),
  vendorPolicies: need(VendorPolicy, ['document'], 'id'),
};
type PolicyNeeds = {
  readonly [K in keyof typeof policyNeeds]: (typeof policyNeeds)[K] extends Need<infer V> ? V : never;
};
type Related = Context<PolicyNeeds>['related'];

type Fields = (typeof Principal)['fields'];
type Bearer = { readonly [F in 'cloudAccount' | 'policies' | 'groups' | 'boundary']: z.output<Fields[F]> };

/** All that one user or role holds, itself and by way of its groups. */
export interface Holdings {
  readonly groups: readonly string[];
  readonly policies: readonly Held[];
  readonly boundary: Held | null;
}

/** What somebody holds; or why that is not known. */
export function holdingsOf(holder: Bearer, related: Related): Holdings | { readonly untold: string } {
  const held = (id: string, group?: string) =>
    heldOf(id, [...related('policies', id), ...related('vendorPolicies', id)], group);
  const groups = holder.groups.map((name) => ({
    name,
    found: related('groups', holder.cloudAccount).filter(({ id }) => id.endsWith(`/${name}`)),
  }));
  const lost = groups.find(({ found }) => found.length === 0);
  if (lost) return { untold: `the group ${lost.name}, which it is in, was not in the answer` };
  const theirs = groups.map(({ name, found }) => ({ name, ...told(found, ['policies']) }));
  const untold = theirs.find((group) => group.untold)?.untold;
  if (untold) return { untold: untold.reason };
  return {
    groups: groups.flatMap(({ found }) => found.map(({ id }) => id)),
    policies: [
      ...holder.policies.map((id) => held(id)),
      ...theirs.flatMap(({ name, known }) =>
        known.flatMap(({ policies }) => policies.map((id) => held(id, name))),
      ),
    ],
    boundary: holder.boundary === 'none' ? null : held(holder.boundary),
  };
}

/** The documents that somebody holds; `null` where one of them is not known. */
export function documentsOf({ policies }: Holdings): readonly Statements[] | null {
  const found = policies.map(({ document }) => ('known' in document ? statementsOf(document.known) : null));
  return found.every((each) => each !== null) ? found : null;
}

/** The policy with its document, or why that is not known. */
function heldOf(id: string, views: readonly View<{ readonly document: unknown }>[], group?: string): Held {
  const short = id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf('|')) + 1);
  const { known, untold } = told(views, ['document']);
  const [first] = known;
  return {
    id,
    name: group === undefined ? short : `${short} of group ${group}`,
    document: first ? { known: first.document } : { unknown: untold?.reason ?? 'it was not in the answer' },
  };
}
