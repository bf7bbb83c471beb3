import { SignInExclusion } from '../../evidence-model/kinds.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';

type List = readonly string[] | Unknown;
type Filter = Unknown | 'none' | { readonly mode: 'include' | 'exclude'; readonly rule: string };

/** What a policy leaves out, as its record tells it. */
interface Excluding {
  readonly excludeUsers: List;
  readonly excludeGroups: List;
  readonly excludeRoles: List;
  readonly excludeGuests:
    Unknown | 'none' | { readonly types: readonly string[]; readonly tenants: 'all' | readonly string[] };
  readonly excludeApplications: List;
  readonly applicationFilter: Filter;
  readonly excludeLocations: List;
  readonly excludePlatforms: List;
  readonly deviceFilter: Filter;
}

/** Each of these as a record of its own, once. What is not known of a policy is in none. */
export function exclusionsOf(policy: string, said: Excluding) {
  const each = [
    ['account', listed(said.excludeUsers)],
    ['group', listed(said.excludeGroups)],
    ['role', listed(said.excludeRoles)],
    ['guests', kindsOf(said.excludeGuests)],
    ['application', listed(said.excludeApplications)],
    ['application-filter', ruleOf(said.applicationFilter)],
    ['place', listed(said.excludeLocations)],
    ['platform', listed(said.excludePlatforms)],
    ['device-filter', ruleOf(said.deviceFilter)],
  ] as const;
  return each.flatMap(([type, things]) =>
    [...new Set(things)].map((what) =>
      SignInExclusion.record({ id: `${policy}:${type}:${what}`, policy, type, what }),
    ),
  );
}

/** A word that means nobody and nothing leaves nothing out. */
const listed = (list: List) => (isUnknown(list) ? [] : list.filter((word) => word.toLowerCase() !== 'none'));

/** Those of some organisations are not those of all. */
function kindsOf(guests: Excluding['excludeGuests']): readonly string[] {
  if (isUnknown(guests) || guests === 'none') return [];
  const { types, tenants } = guests;
  const whose = tenants === 'all' ? '' : ` of ${tenants.toSorted().join(', ')}`;
  return types.map((type) => `${type.trim()}${whose}`);
}

function ruleOf(filter: Filter): readonly string[] {
  return isUnknown(filter) || filter === 'none' || filter.mode === 'include' ? [] : [filter.rule];
}
