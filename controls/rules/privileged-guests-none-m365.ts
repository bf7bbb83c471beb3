import { z } from 'zod';
import { Account, EffectiveMembership, Group, RoleAssignment } from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { UnprivilegedRoles } from '../directory-roles.ts';
import { all, fail, noData, pass } from '../finding.ts';
import { GroupMembers } from '../group-members.ts';
import { administratorsBy } from '../administrators-by.ts';

export const privilegedGuestsNoneM365 = control({
  id: 'privileged-guests-none-m365',
  severity: 'high',
  assertion:
    'At each reading, no user account of a connected Microsoft 365 tenant that was a guest there, or had a sign-in name that Microsoft gives to those who were invited from elsewhere (#EXT#), held a directory role by active assignment, its own or that of a group that it is in, other than those that the policy names as unprivileged (five that only read, unless the policy says otherwise). Who may take on a role, programs that hold one, and partners who administer the tenant from their own were not judged.',
  board: 'Control stays inside the company.',
  remedy:
    'Take the role from the listed guests, or keep one as a named exception that ends with the contract.',
  collectors: ['microsoft365'],
  population: 'active assignments of directory roles in connected Microsoft 365 tenants',
  parameters: z.strictObject({ unprivilegedRoles: UnprivilegedRoles }),
  over: need(RoleAssignment, ['account', 'accountType', 'role']),
  related: {
    accounts: need(Account, ['name', 'userType']),
    // What is read of each group is due for everybody: who is in one holds what it holds.
    groups: need(Group, ['assignableToRoles']),
    memberships: need(EffectiveMembership, ['group', 'account', 'accountType']),
  },
  test: (assignment, { related, open, parameters: { unprivilegedRoles } }) =>
    assignment.given(['account', 'accountType', 'role'], (held) => {
      const groups = () => new GroupMembers(related('memberships'), open('memberships'));
      const people = administratorsBy(held, unprivilegedRoles, groups);
      if ('status' in people) return people;
      const accounts = related('accounts').filter(({ id }) => people.has(id));
      return all([...people].map((id) => belongs(id, accounts)));
    }),
});

function belongs(id: string, accounts: readonly View<{ name: string; userType: string }>[]) {
  const account = accounts.find((each) => each.id === id);
  if (!account) return noData(`${id} holds the role, and the list of users does not name it`);
  return all([
    account.given(['name'], ({ name }) =>
      /#ext#/i.test(name)
        ? fail(`${name}, who was invited from elsewhere, holds the role`)
        : pass(`${name} holds the role and belongs to the tenant`),
    ),
    account.given(['userType'], ({ userType }) =>
      userType === 'guest'
        ? fail(`${id}, who holds the role, is a guest`)
        : pass(`${id}, who holds the role, is a member`),
    ),
  ]);
}
