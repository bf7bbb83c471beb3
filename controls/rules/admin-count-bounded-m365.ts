import { z } from 'zod';
import { EffectiveMembership, Group, Organization, RoleAssignment } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, pass, unless } from '../finding.ts';
import { GroupMembers } from '../group-members.ts';
import { globalAdministrator } from '../directory-roles.ts';

export const adminCountBoundedM365 = control({
  id: 'admin-count-bounded-m365',
  severity: 'high',
  assertion:
    'At each reading, no fewer and no more user accounts held the Global Administrator role of every connected Microsoft 365 tenant by active assignment, their own or that of a group that they are in, than the policy allows (2 to 4 unless the policy says otherwise).',
  board: 'Each extra master key adds risk without adding value.',
  remedy: 'Give administrators the narrower role that their work needs, and keep at least two.',
  collectors: ['microsoft365'],
  population: 'connected Microsoft 365 tenants',
  parameters: z.strictObject({
    minimum: z.number().int().min(1).default(2),
    maximum: z.number().int().min(1).default(4),
  }),
  over: need(Organization, ['name']),
  related: {
    assignments: need(RoleAssignment, ['account', 'accountType', 'role']),
    // What is read of each group is due for everybody: who is in one may hold what it holds.
    groups: need(Group, ['assignableToRoles']),
    memberships: need(EffectiveMembership, ['group', 'account', 'accountType']),
  },
  test: (_, { related, open, parameters: { minimum, maximum } }) => {
    const holders = new Set<string>();
    const groups = new GroupMembers(related('memberships'), open('memberships'));
    const told = related('assignments').map((assignment) =>
      assignment.given(['role'], ({ role }) => {
        if (role.toLowerCase() !== globalAdministrator) return pass('another role');
        return assignment.given(['account', 'accountType'], ({ account, accountType }) => {
          const people = accountType === 'group' ? groups.of(account) : new Set([account]);
          if ('status' in people) return people;
          if (accountType !== 'service-principal') for (const each of people) holders.add(each);
          return pass('counted');
        });
      }),
    );
    const [unknown] = told.filter(({ status }) => status === 'no-data');
    const bounds = `the policy allows ${minimum} to ${maximum}`;
    const count = holders.size;
    if (count > maximum) return fail(`at least ${count} user accounts are Global Administrators, ${bounds}`);
    if (unknown) return unknown;
    return count < minimum
      ? unless(open('assignments'), fail(`${count} user accounts are Global Administrators, ${bounds}`))
      : pass(
          `${count} user accounts are Global Administrators by active assignment, ${bounds}; who may activate the role is not counted`,
        );
  },
});
