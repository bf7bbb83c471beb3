/** Whom and what a conditional access policy names. Lists hold ids or the vendor's words. */
interface Access {
  readonly includeUsers: readonly string[];
  readonly excludeUsers: readonly string[];
  readonly includeGroups: readonly string[];
  readonly excludeGroups: readonly string[];
  readonly includeRoles: readonly string[];
  readonly excludeRoles: readonly string[];
  readonly includeApplications: readonly string[];
  readonly excludeApplications: readonly string[];
  readonly clientAppTypes: readonly string[];
  readonly conditions: readonly string[];
}

/** Somebody who holds directory roles. */
export interface Administrator {
  readonly id: string;
  /** Roles held over the whole directory. */
  readonly roles: ReadonlySet<string>;
  /** Roles held over a part of it, which policies do not see: https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups */
  readonly partial: ReadonlySet<string>;
  /** Roles that a group holds in which it is; whether policies see those is not known. */
  readonly byGroup: ReadonlySet<string>;
}

/** Every way in that a policy can name: https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset */
const everyClient = ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other'];

/**
 * Whether the policy reaches this administrator at every sign-in to anything: `no` where it certainly does not, `open`
 * where that rests on a condition that is not judged yet, with the condition's name.
 */
export function reaches(
  policy: Access,
  { id, roles, partial, byGroup }: Administrator,
): 'yes' | 'no' | { readonly open: string } {
  const concerns = (list: readonly string[]) => list.some((role) => within(roles, role));
  const names = (list: readonly string[]) => list.some((each) => same(each, id) || same(each, 'All'));
  if (names(policy.excludeUsers) || concerns(policy.excludeRoles)) return 'no';
  const included = names(policy.includeUsers) || concerns(policy.includeRoles);
  const open: string[] = [];
  if (!included) {
    const may = [
      ...(policy.includeRoles.some((role) => within(byGroup, role)) ? ['includeRoles'] : []),
      ...(policy.includeGroups.length > 0 ? ['includeGroups'] : []),
      ...(policy.includeUsers.some((each) => same(each, 'GuestsOrExternalUsers')) ? ['includeUsers'] : []),
      ...policy.conditions.filter((name) => name.startsWith('include')),
    ];
    if (may.length === 0) return 'no';
    open.push(...may);
  }
  if (policy.excludeRoles.some((role) => within(partial, role) || within(byGroup, role)))
    open.push('excludeRoles');
  if (policy.excludeGroups.length > 0) open.push('excludeGroups');
  // Whoever is left out by a word that is not known may be anybody.
  if (policy.excludeUsers.some((each) => !isId(each) && !same(each, 'None'))) open.push('excludeUsers');
  if (policy.excludeRoles.some((each) => !isId(each))) open.push('excludeRoles');
  if (!policy.includeApplications.includes('All')) open.push('includeApplications');
  if (policy.excludeApplications.length > 0) open.push('excludeApplications');
  const { clientAppTypes } = policy;
  if (!clientAppTypes.includes('all') && !everyClient.every((type) => clientAppTypes.includes(type)))
    open.push('clientAppTypes');
  open.push(...policy.conditions);
  return open.length === 0 ? 'yes' : { open: [...new Set(open)].join(', ') };
}

/** Ids and words of Microsoft's differ not by case. */
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const within = (set: ReadonlySet<string>, id: string) => [...set].some((each) => same(each, id));
const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
