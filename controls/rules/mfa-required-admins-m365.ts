import { z } from 'zod';
import { EffectiveMembership, Group, RoleAssignment, SignInPolicy } from '../../evidence-model/kinds.ts';
import { reaches, type Administrator } from '../conditional-access.ts';
import { control, need, type Need, type View } from '../control.ts';
import { askedEveryTime, UnprivilegedRoles } from '../directory-roles.ts';
import { all, any, fail, noData, notApplicable, pass, unless, type Finding } from '../finding.ts';
import { GroupMembers } from '../group-members.ts';
import { told } from '../told.ts';

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

const policyNeed = need(SignInPolicy, ['mechanism', 'state', ...access]);
type Policy = typeof policyNeed extends Need<infer Values> ? Values : never;

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
  parameters: z.strictObject({ unprivilegedRoles: UnprivilegedRoles }),
  over: need(RoleAssignment, ['account', 'accountType', 'role']),
  related: {
    assignments: need(RoleAssignment, ['account', 'accountType', 'role', 'scope']),
    // What is read of each group is due for everybody: who is in one may hold what it holds.
    groups: need(Group, ['assignableToRoles']),
    memberships: need(EffectiveMembership, ['group', 'account', 'accountType']),
    policies: policyNeed,
  },
  test: (assignment, { related, open, parameters: { unprivilegedRoles } }) =>
    assignment.given(['account', 'accountType', 'role'], ({ account, accountType, role }) => {
      if (unprivilegedRoles.includes(role))
        return notApplicable('the policy names the role as one that is not privileged');
      if (accountType === 'service-principal')
        return notApplicable('an application holds the role: nobody signs in with it');
      // A tenant has many memberships, and where no group holds a role none of them matters.
      const { known, untold } = told(related('assignments'), ['accountType']);
      const byGroup = untold !== null || known.some((other) => other.accountType === 'group');
      const groups = new GroupMembers(byGroup ? related('memberships') : [], open('memberships'));
      const judged = (id: string): Finding => {
        const { administrator, unknown } = rolesOf(id, related('assignments'), groups);
        const policies = related('policies').map((policy) => asks(policy, administrator));
        return all([...unknown, unless(open('policies'), any(policies, unasked))]);
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

type Assignment = View<{ account: string; accountType: string; role: string; scope: string }>;

/** The roles that an account holds, and why there may be others. */
function rolesOf(
  id: string,
  assignments: readonly Assignment[],
  groups: GroupMembers,
): { readonly administrator: Administrator; readonly unknown: readonly Finding[] } {
  const administrator = {
    id,
    roles: new Set<string>(),
    partial: new Set<string>(),
    byGroup: new Set<string>(),
  };
  const findings = assignments.map((each) =>
    each.given(['account', 'accountType'], ({ account, accountType }) => {
      const people = accountType === 'group' ? groups.of(account) : new Set([account]);
      // Of a group of which nobody knows who is in it anybody may hold the role.
      if (!('status' in people) && !people.has(id)) return pass('somebody else');
      return each.given(['role', 'scope'], ({ role, scope }) => {
        if (accountType === 'group') administrator.byGroup.add(role);
        else (scope === '/' ? administrator.roles : administrator.partial).add(role);
        return pass('noted');
      });
    }),
  );
  return { administrator, unknown: findings.filter(({ status }) => status !== 'pass') };
}

/** Whether a policy asks an administrator for a second factor at every sign-in. */
function asks(policy: View<Policy>, administrator: Administrator): Finding {
  return policy.given(['mechanism', 'state'], ({ mechanism, state }) => {
    if (state !== 'enabled') return unasked;
    if (mechanism === 'security-defaults')
      return [...administrator.roles].some((each) => askedEveryTime.has(each))
        ? pass(
            'security defaults ask holders of the role at every sign-in; Microsoft decides which roles these are',
          )
        : noData('security defaults are on, and Microsoft decides when to ask holders of this role');
    return policy.given(access, ({ name, asks: what, ...rules }) => {
      if (what === 'block' || what === 'other') return unasked;
      const reach = reaches(rules, administrator);
      if (reach === 'no') return unasked;
      if (reach !== 'yes') return noData(`${name} may ask for it: ${reach.open} of it is not judged yet`);
      return what === 'mfa'
        ? pass(`${name} asks for it at every sign-in`)
        : fail(`${name} is met by something else than a second factor too`);
    });
  });
}

const unasked = fail('no enabled policy asks this account for a second factor at every sign-in');
