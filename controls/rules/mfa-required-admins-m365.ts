import { z } from 'zod';
import { RoleAssignment } from '../../evidence-model/kinds.ts';
import { required } from '../conditional-access/required.ts';
import { accessNeeds, readTenant } from '../conditional-access/tenant.ts';
import { control, need } from '../control.ts';
import { askedEveryTime, harmlessRoles } from '../directory-roles.ts';
import { all, notApplicable, pass, type Finding } from '../finding.ts';
import { GroupMembers } from '../group-members.ts';
import { told } from '../told.ts';

export const mfaRequiredAdminsM365 = control({
  id: 'mfa-required-admins-m365',
  severity: 'critical',
  assertion:
    'At each reading, every user account that held a directory role of a connected Microsoft 365 tenant by active assignment, its own or that of a group that it is in, other than those that the policy names as unprivileged (five that only read, unless the policy says otherwise), had a second factor required of every sign-in, by an enabled conditional access policy or by security defaults. A claim of an earlier sign-in may meet that, and of guests one of their own organisation.',
  board: 'One unprotected administrator can hand over the whole company.',
  remedy:
    'Add a conditional access policy that asks everybody with a directory role for MFA or an authentication strength, in every application, and keep those whom it excludes as named exceptions.',
  collectors: ['microsoft365'],
  population: 'active assignments of directory roles in connected Microsoft 365 tenants',
  parameters: z.strictObject({
    /** Roles whose holders are no administrators. */
    unprivilegedRoles: z
      .array(
        z
          .string()
          .refine(
            (role) => !askedEveryTime.has(role),
            'is a role of administrators: no policy makes it another',
          ),
      )
      .default([...harmlessRoles]),
  }),
  over: need(RoleAssignment, ['account', 'accountType', 'role']),
  related: accessNeeds,
  test: (assignment, { once, related, open, parameters: { unprivilegedRoles } }) =>
    assignment.given(['account', 'accountType', 'role'], ({ account, accountType, role }) => {
      if (unprivilegedRoles.includes(role))
        return notApplicable('the policy names the role as one that is not privileged');
      if (accountType === 'service-principal')
        return notApplicable('an application holds the role: nobody signs in with it');
      // A tenant has many memberships, and where no group holds a role none of them matters.
      const { known, untold } = told(related('assignments'), ['accountType']);
      const byGroup = untold !== null || known.some((other) => other.accountType === 'group');
      const groups = new GroupMembers(byGroup ? related('memberships') : [], open('memberships'));
      const { access, account: accountOf, defaults } = once('tenant', readTenant);
      const judged = (id: string): Finding => {
        const who = accountOf(id);
        if (defaults && [...who.roles].some((each) => askedEveryTime.has(each))) return askedByDefaults;
        return required(access.judge(who, 'mfa'), {
          what: 'a second factor',
          defaults,
          policies: related('policies'),
          open: open('policies'),
        });
      };
      if (accountType === 'user') return judged(account);
      const people = groups.of(account);
      if ('status' in people) return people;
      if (people.size === 0) return notApplicable('a group holds the role, and no user is in it');
      return all(
        [...people].map((id) => {
          const { status, reason } = judged(id);
          return { status, reason: `${id}, who holds it by way of the group: ${reason}` };
        }),
      );
    }),
});

const askedByDefaults = pass(
  'security defaults ask holders of the role at every sign-in; Microsoft decides which roles these are',
);
