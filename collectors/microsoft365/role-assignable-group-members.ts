import { Group } from '../../evidence-model/kinds.ts';
import { each } from '../dataset.ts';
import { effectiveMembers } from './effective-members.ts';
import { roleAssignableGroups } from './role-assignable-groups.ts';
import { dataset } from './scope.ts';

/** Who is in the groups that can hold roles: whoever is in one holds what it holds. */
export const roleAssignableGroupMembers = dataset.state<{ readonly id: string }>({
  ...effectiveMembers,
  id: 'microsoft365/role-assignable-group-members',
  title: 'Members of groups that can hold roles',
  each: each(roleAssignableGroups, Group, []),
});
