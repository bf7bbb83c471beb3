import { SignInPolicy } from '../../evidence-model/kinds.ts';
import { eachNamed, type Refusal } from '../dataset.ts';
import { conditionalAccessPolicies } from './conditional-access-policies.ts';
import { effectiveMembers } from './effective-members.ts';
import { dataset } from './scope.ts';

/** Who is in the groups that conditional access takes in or leaves out. One that was deleted has nobody in it. */
export const conditionalAccessGroupMembers = dataset.state<{ readonly id: string }>({
  ...effectiveMembers,
  id: 'microsoft365/conditional-access-group-members',
  title: 'Members of groups that policies refer to',
  each: eachNamed(
    conditionalAccessPolicies,
    SignInPolicy,
    ['includeGroups', 'excludeGroups'],
    ({ includeGroups, excludeGroups }) => [...includeGroups, ...excludeGroups],
  ),
  none: ({ status, code }: Refusal) => status === 404 && code === 'Request_ResourceNotFound',
});
