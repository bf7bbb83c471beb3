import { notApplicable, type Finding } from './finding.ts';
import type { GroupMembers } from './group-members.ts';

interface Assignment {
  readonly account: string;
  readonly accountType: string;
  readonly role: string;
}

/** The user accounts that an assignment makes administrators; a finding where there are none, or they are not known. */
export function administratorsBy(
  { account, accountType, role }: Assignment,
  unprivilegedRoles: readonly string[],
  groups: () => GroupMembers,
): ReadonlySet<string> | Finding {
  if (unprivilegedRoles.includes(role))
    return notApplicable('the policy names the role as one that is not privileged');
  if (accountType === 'service-principal') return notApplicable('a program holds the role, and nobody else');
  if (accountType === 'user') return new Set([account]);
  const people = groups().of(account);
  return 'status' in people || people.size > 0
    ? people
    : notApplicable('a group holds the role, and no user is in it');
}
