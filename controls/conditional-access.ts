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
  const concerns = (list: readonly string[]) => list.some((role) => roles.has(role));
  if (policy.excludeUsers.includes(id) || concerns(policy.excludeRoles)) return 'no';
  const named = policy.includeUsers.includes('All') || policy.includeUsers.includes(id);
  const included = named || concerns(policy.includeRoles);
  const open: string[] = [];
  if (!included) {
    const may = [
      ...(policy.includeRoles.some((role) => byGroup.has(role)) ? ['includeRoles'] : []),
      ...(policy.includeGroups.length > 0 ? ['includeGroups'] : []),
      ...(policy.includeUsers.includes('GuestsOrExternalUsers') ? ['includeUsers'] : []),
      ...policy.conditions.filter((name) => name.startsWith('include')),
    ];
    if (may.length === 0) return 'no';
    open.push(...may);
  }
  if (policy.excludeRoles.some((role) => partial.has(role) || byGroup.has(role))) open.push('excludeRoles');
  if (policy.excludeGroups.length > 0) open.push('excludeGroups');
  if (policy.excludeUsers.includes('GuestsOrExternalUsers')) open.push('excludeUsers');
  if (!policy.includeApplications.includes('All')) open.push('includeApplications');
  if (policy.excludeApplications.length > 0) open.push('excludeApplications');
  const { clientAppTypes } = policy;
  if (!clientAppTypes.includes('all') && !everyClient.every((type) => clientAppTypes.includes(type)))
    open.push('clientAppTypes');
  open.push(...policy.conditions);
  return open.length === 0 ? 'yes' : { open: [...new Set(open)].join(', ') };
}
