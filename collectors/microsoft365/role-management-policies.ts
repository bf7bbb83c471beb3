import { z } from 'zod';
import { RoleRule } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Rule = z.object({
  id: z.string(),
  enabledRules: z.array(z.string()).nullish(),
  setting: z.object({ isApprovalRequired: z.boolean().nullish() }).nullish(),
  isExpirationRequired: z.boolean().nullish(),
  maximumDuration: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  claimValue: z.string().nullish(),
});
type Rule = z.output<typeof Rule>;
const Item = z.object({
  id: z.string().min(1),
  roleDefinitionId: z.string().min(1),
  policy: z.object({ rules: z.array(Rule) }),
});

/**
 * What it takes to take on each directory role. Rules go by ids of Microsoft's:
 * https://learn.microsoft.com/graph/identity-governance-pim-rules-overview
 */
export const roleManagementPolicies = dataset.state({
  id: 'microsoft365/role-management-policies',
  title: 'Rules for taking on roles',
  docs: 'https://learn.microsoft.com/graph/api/policyroot-list-rolemanagementpolicyassignments',
  permissions: ['RoleManagementPolicy.Read.Directory'],
  licence: 'Microsoft Entra ID P2',
  // Rules say whom to tell: notification recipients are blanked, so that only what is asked of whom remains.
  secrets: ['/value/*/policy/rules/*/notificationRecipients'],
  personal: [],
  speaks: [
    speaks(
      RoleRule,
      [
        ...([
          'role',
          'activationNeeds',
          'activationApproval',
          'activationContext',
          'activationLasts',
        ] as const),
        ...(['assignmentEnds', 'eligibilityEnds'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: () => [
    listing('/policies/roleManagementPolicyAssignments', {
      $filter: "scopeId eq '/' and scopeType eq 'DirectoryRole'",
      $expand: 'policy($expand=rules)',
    }),
  ],
  lists: [
    dataset.list('/value', Item, ({ id, roleDefinitionId, policy }) => {
      const rule = (name: string) => policy.rules.find((each) => each.id === name);
      return [
        RoleRule.record({
          id,
          role: roleDefinitionId,
          activationNeeds: known(rule('Enablement_EndUser_Assignment')?.enabledRules, silent),
          activationApproval: known(rule('Approval_EndUser_Assignment')?.setting?.isApprovalRequired, silent),
          activationContext: contextOf(rule('AuthenticationContext_EndUser_Assignment')),
          activationLasts: known(rule('Expiration_EndUser_Assignment')?.maximumDuration, silent),
          assignmentEnds: known(rule('Expiration_Admin_Assignment')?.isExpirationRequired, silent),
          eligibilityEnds: known(rule('Expiration_Admin_Eligibility')?.isExpirationRequired, silent),
        }),
      ];
    }),
  ],
  neverEmpty: 'every tenant with the licence has rules for the roles that Microsoft made',
});

function contextOf(rule: Rule | undefined): string | Unknown {
  if (rule?.isEnabled === false) return 'none';
  return known(rule?.isEnabled ? rule.claimValue : null, silent);
}
