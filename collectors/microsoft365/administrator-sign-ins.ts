import { RoleAssignment } from '../../evidence-model/kinds.ts';
import { eachNamed } from '../dataset.ts';
import { roleAssignments } from './role-assignments.ts';
import { dataset, preview } from './scope.ts';
import { during, previewPermissions, signIns } from './sign-ins.ts';

/**
 * Sign-ins of each user who holds a role by name, with whether a second factor was asked for, as far as somebody took
 * part. Whoever holds one by way of a group is not among them.
 */
export const administratorSignIns = dataset.log<{ readonly id: string }>({
  ...signIns,
  id: 'microsoft365/administrator-sign-ins',
  title: 'Sign-ins of those who hold roles',
  docs: 'https://learn.microsoft.com/graph/api/signin-list?view=graph-rest-beta',
  permissions: previewPermissions,
  each: eachNamed(roleAssignments, RoleAssignment, ['account', 'accountType'], ({ account, accountType }) =>
    accountType === 'user' ? [account] : [],
  ),
  requests: (_scope, { id }, interval) => [
    preview('/auditLogs/signIns', during(interval, `userId eq '${id}'`)),
  ],
});
