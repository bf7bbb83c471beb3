import { z } from 'zod';
import { RoleAssignment } from '../evidence-model/kinds.ts';
import { administratorsBy } from './administrators-by.ts';
import { accessNeeds, readTenant, type AccessNeeds, type ReadTenant } from './conditional-access/tenant.ts';
import { need, type Context, type Need, type View } from './control.ts';
import { UnprivilegedRoles } from './directory-roles.ts';
import { all, type Finding } from './finding.ts';
import { GroupMembers } from './group-members.ts';

const over = need(RoleAssignment, ['account', 'accountType', 'role']);
type Assignment = typeof over extends Need<infer Values> ? Values : never;

const parameters = z.strictObject({ unprivilegedRoles: UnprivilegedRoles });

/** What every control over those who hold directory roles has in common. */
export const roleHolders = {
  collectors: ['microsoft365'],
  population: 'active assignments of directory roles in connected Microsoft 365 tenants',
  parameters,
  over,
  related: accessNeeds,
};

/** Judges whoever holds a role by an assignment, each of them where a group holds it. */
export function eachHolder(
  assignment: View<Assignment>,
  {
    once,
    related,
    open,
    parameters: { unprivilegedRoles },
  }: Context<AccessNeeds, z.output<typeof parameters>>,
  judged: (id: string, tenant: ReadTenant) => Finding,
): Finding {
  return assignment.given(['account', 'accountType', 'role'], (it) => {
    const people = administratorsBy(
      it,
      unprivilegedRoles,
      () => new GroupMembers(related('memberships'), open('memberships')),
    );
    if ('status' in people) return people;
    const tenant = once('tenant', readTenant);
    return all(
      [...people].map((id) => {
        const finding = judged(id, tenant);
        return it.accountType === 'user'
          ? finding
          : { ...finding, reason: `${id}, who holds it by way of the group: ${finding.reason}` };
      }),
    );
  });
}
