import { z } from 'zod';
import { RoleAssignment, SignInPolicy } from '../../evidence-model/kinds.ts';
import { reaches } from '../conditional-access.ts';
import { control, need } from '../control.ts';
import { askedEveryTime, harmlessRoles } from '../directory-roles.ts';
import { all, any, fail, noData, notApplicable, pass, unless } from '../finding.ts';

/** Fields of a conditional access policy. */
const access = [
  'name',
  'asks',
  'includeUsers',
  'excludeUsers',
  'includeGroups',
  'excludeGroups',
  'includeRoles',
  'excludeRoles',
  'includeApplications',
  'excludeApplications',
  'clientAppTypes',
  'conditions',
] as const;

export const mfaRequiredAdminsM365 = control({
  id: 'mfa-required-admins-m365',
  severity: 'critical',
  assertion:
    'At each reading, every user account that held a directory role of a connected Microsoft 365 tenant by active assignment, other than those that the policy names as unprivileged (five that only read, unless the policy says otherwise), was asked for a second factor at every sign-in, by an enabled conditional access policy or by security defaults.',
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
  related: {
    assignments: need(RoleAssignment, ['account', 'role', 'scope']),
    policies: need(SignInPolicy, ['mechanism', 'state', ...access]),
  },
  test: (assignment, { related, open, parameters: { unprivilegedRoles } }) =>
    assignment.given(['account', 'accountType', 'role'], ({ account, accountType, role }) => {
      if (unprivilegedRoles.includes(role))
        return notApplicable('the policy names the role as one that is not privileged');
      if (accountType === 'service-principal')
        return notApplicable('an application holds the role: nobody signs in with it');
      if (accountType === 'group') return noData('a group holds the role, and who is in it is not read');

      const administrator = { id: account, roles: new Set<string>(), partial: new Set<string>() };
      const held = related('assignments').map((each) =>
        each.given(['account'], (other) => {
          if (other.account !== account) return pass('somebody else');
          return each.given(['role', 'scope'], (mine) => {
            (mine.scope === '/' ? administrator.roles : administrator.partial).add(mine.role);
            return pass('noted');
          });
        }),
      );
      const policies = related('policies').map((policy) =>
        policy.given(['mechanism', 'state'], ({ mechanism, state }) => {
          if (state !== 'enabled') return unasked;
          if (mechanism === 'security-defaults')
            return [...administrator.roles].some((each) => askedEveryTime.has(each))
              ? pass(
                  'security defaults ask holders of the role at every sign-in; Microsoft decides which roles these are',
                )
              : noData('security defaults are on, and Microsoft decides when to ask holders of this role');
          return policy.given(access, ({ name, asks, ...rules }) => {
            if (asks === 'block' || asks === 'other') return unasked;
            const reach = reaches(rules, administrator);
            if (reach === 'no') return unasked;
            if (reach !== 'yes')
              return noData(`${name} may ask for it: ${reach.open} of it is not judged yet`);
            return asks === 'mfa'
              ? pass(`${name} asks for it at every sign-in`)
              : fail(`${name} is met by something else than a second factor too`);
          });
        }),
      );
      return all([...held, unless(open('policies'), any(policies, unasked))]);
    }),
});

const unasked = fail('no enabled policy asks this account for a second factor at every sign-in');
