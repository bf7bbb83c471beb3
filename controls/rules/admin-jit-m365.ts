import { z } from 'zod';
import {
  EffectiveMembership,
  Group,
  Licence,
  Role,
  RoleAssignment,
  RoleRule,
  RoleSchedule,
} from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { EmergencyAccounts, globalAdministrator, highestRoles } from '../directory-roles.ts';
import { hoursIn } from '../duration.ts';
import { all, any, fail, noData, notApplicable, pass, type Finding } from '../finding.ts';
import { GroupMembers } from '../group-members.ts';
import { bought, plans } from '../licences.ts';
import { told } from '../told.ts';

export const adminJitM365 = control({
  id: 'admin-jit-m365',
  severity: 'medium',
  assertion:
    'At each reading, every user account that held one of the highest roles of a connected Microsoft 365 tenant (Global, Privileged Role and Privileged Authentication Administrator, and what the policy adds) by an assignment of its own had taken it on for a while, other than at most two that the policy names as emergency accounts; no group that users were in held one; and to take one on asked for a reason and for a second factor or an authentication context, lasted no longer than the policy allows (8 hours unless it says otherwise), and for Global Administrator needed approval. What a context asks for, who approves, and programs that hold a role were not judged.',
  board: 'A dormant admin right cannot be abused at night.',
  remedy:
    'Make the listed holders eligible in Privileged Identity Management instead, and set its rules for the role.',
  collectors: ['microsoft365'],
  population: 'directory roles of connected Microsoft 365 tenants',
  parameters: z.strictObject({
    /** Ids of roles that count as highest beside Microsoft's three. */
    furtherRoles: z.array(z.guid()).default([]),
    emergencyAccounts: EmergencyAccounts,
    maximumHours: z.number().min(0.5).default(8),
  }),
  over: need(Role, ['name']),
  related: {
    assignments: need(RoleAssignment, ['account', 'accountType', 'scope'], 'role'),
    // What is read of each group is due for everybody: who is in one holds what it holds.
    groups: need(Group, ['assignableToRoles']),
    memberships: need(EffectiveMembership, ['group', 'account', 'accountType']),
    schedules: need(RoleSchedule, ['account', 'scope', 'standing', 'by'], 'role'),
    rules: need(
      RoleRule,
      ['activationNeeds', 'activationApproval', 'activationContext', 'activationLasts'],
      'role',
    ),
    licences: need(Licence, ['services']),
  },
  test: (role, { related, open, parameters }) => {
    if (![...highestRoles, ...parameters.furtherRoles].includes(role.id))
      return notApplicable('it is none of the highest roles');
    const schedules = told(related('schedules'), ['account', 'scope', 'standing', 'by']);
    const licence = bought(plans.privilegedIdentities, related('licences'), open('licences'));
    const impossible = licence.status === 'fail';
    const outright = (account: string, scope: string): Finding => {
      const own = schedules.known.filter(
        (each) => each.account === account && each.scope === scope && each.by === 'direct',
      );
      if (own.some(({ standing }) => standing === 'assigned')) return fail(`${account} holds it outright`);
      if (schedules.untold) return schedules.untold;
      if (own.some(({ standing }) => standing === 'activated'))
        return pass(`${account} took it on for a while`);
      return impossible
        ? fail(`${account} holds it, and no licence lets anybody take a role on for a while`)
        : noData(open('schedules') ?? `whether ${account} took it on or holds it outright is not told`);
    };
    const holders = related('assignments').map((assignment) =>
      assignment.given(['account', 'accountType', 'scope'], ({ account, accountType, scope }) => {
        if (accountType === 'service-principal')
          return notApplicable('a program holds it, which can take nothing on');
        if (accountType === 'user')
          return parameters.emergencyAccounts.includes(account)
            ? notApplicable(`${account} is named as an emergency account`)
            : outright(account, scope);
        const people = new GroupMembers(related('memberships'), open('memberships')).of(account);
        if ('status' in people) return people;
        if (people.size === 0) return notApplicable('a group holds it, and no user is in it');
        const text = `the group ${account} holds it, with ${people.size} users in it`;
        return impossible
          ? fail(`${text}, and no licence lets anybody take a role on for a while`)
          : noData(`${text}, and whether these are in it for a while was not read`);
      }),
    );
    const rules = related('rules').map((rule) =>
      ruled(rule, { approved: role.id === globalAdministrator, maximumHours: parameters.maximumHours }),
    );
    if (rules.length === 0) rules.push(noData(open('rules') ?? 'the rules for taking it on are not told'));
    return all([...holders.filter(({ status }) => status !== 'not-applicable'), ...rules]);
  },
});

interface Rule {
  readonly activationNeeds: readonly string[];
  readonly activationApproval: boolean;
  readonly activationContext: string;
  readonly activationLasts: string;
}

const noFactor = fail('to take it on asks for no second factor');

function ruled(
  rule: View<Rule>,
  { approved, maximumHours }: { readonly approved: boolean; readonly maximumHours: number },
): Finding {
  return all([
    rule.given(['activationNeeds'], ({ activationNeeds }) =>
      activationNeeds.includes('Justification')
        ? pass('whoever takes it on says why')
        : fail('whoever takes it on need not say why'),
    ),
    any(
      [
        rule.given(['activationNeeds'], ({ activationNeeds }) =>
          activationNeeds.includes('MultiFactorAuthentication')
            ? pass('to take it on asks for a second factor')
            : noFactor,
        ),
        rule.given(['activationContext'], ({ activationContext }) =>
          activationContext === 'none' ? noFactor : pass('to take it on asks for an authentication context'),
        ),
      ],
      noFactor,
    ),
    rule.given(['activationLasts'], ({ activationLasts }) => {
      const hours = hoursIn(activationLasts);
      if (hours === null) return noData(`for how long it is taken on is not understood: ${activationLasts}`);
      const text = `it is taken on for up to ${hours} hours, ${maximumHours} are allowed`;
      return hours > maximumHours ? fail(text) : pass(text);
    }),
    ...(approved
      ? [
          rule.given(['activationApproval'], ({ activationApproval }) =>
            activationApproval
              ? pass('to take it on needs approval')
              : fail('to take it on needs no approval'),
          ),
        ]
      : []),
  ]);
}
