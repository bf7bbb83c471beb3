import { Group, Policy, VendorPolicy } from '../evidence-model/kinds.ts';
import { need, type Context, type Need, type View } from './control.ts';
import type { Held, Holder } from './effective-privilege.ts';
import { noData, type Finding } from './finding.ts';
import { told } from './told.ts';

/** What a control must need to ask what the policies of a user or role of AWS let it do. */
export const policyNeeds = {
  groups: need(Group, ['policies'], 'cloudAccount'),
  policies: need(Policy, ['document'], 'id'),
  vendorPolicies: need(VendorPolicy, ['document'], 'id'),
};
type PolicyNeeds = {
  readonly [K in keyof typeof policyNeeds]: (typeof policyNeeds)[K] extends Need<infer V> ? V : never;
};

/** Where such a user or role stands, and what it holds itself. */
export interface Standing {
  readonly cloudAccount: string;
  readonly policies: readonly string[];
  readonly groups: readonly string[];
  readonly boundary: string;
}

/** With the documents of all that it holds, by its groups too, and of what bounds it; or why that cannot be told. */
export function holderOf(
  arn: string,
  standing: Standing,
  related: Context<PolicyNeeds>['related'],
): Holder | Finding {
  const held = (id: string, group?: string) =>
    heldOf(id, [...related('policies', id), ...related('vendorPolicies', id)], group);
  const groups = standing.groups.map((name) => ({
    name,
    found: related('groups', standing.cloudAccount).filter(({ id }) => id.endsWith(`/${name}`)),
  }));
  const lost = groups.find(({ found }) => found.length === 0);
  if (lost) return noData(`the group ${lost.name}, which it is in, was not in the answer`);
  const theirs = groups.map(({ name, found }) => ({ name, ...told(found, ['policies']) }));
  const untold = theirs.find((group) => group.untold)?.untold;
  if (untold) return untold;
  return {
    arn,
    groups: groups.flatMap(({ found }) => found.map(({ id }) => id)),
    policies: [
      ...standing.policies.map((id) => held(id)),
      ...theirs.flatMap(({ name, known }) =>
        known.flatMap(({ policies }) => policies.map((id) => held(id, name))),
      ),
    ],
    boundary: standing.boundary === 'none' ? null : held(standing.boundary),
  };
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
