import { z } from 'zod';
import { RoleAssignment } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  principalId: z.string().min(1),
  roleDefinitionId: z.string().min(1),
  directoryScopeId: z.string().nullish(),
  principal: z.object({ '@odata.type': z.string().nullish(), displayName: z.string().nullish() }).nullish(),
});

const types: Readonly<Record<string, 'user' | 'group' | 'service-principal'>> = {
  '#microsoft.graph.user': 'user',
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.servicePrincipal': 'service-principal',
};

/** Who holds directory roles now. Who may activate one through PIM is not among them. */
export const roleAssignments = dataset.state({
  id: 'microsoft365/role-assignments',
  title: 'Active role assignments',
  docs: 'https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments',
  permissions: ['RoleManagement.Read.Directory'],
  tier: 'insurance-mfa',
  personal: ['account names', 'e-mail addresses', 'names of people'],
  speaks: [speaks(RoleAssignment, ['name', 'account', 'accountType', 'role', 'scope'], { lists: true })],
  // Whoever holds a role comes with all that the directory knows of them, which proves nothing here.
  secrets: ['businessPhones', 'mobilePhone', 'department', 'jobTitle'].map(
    (name) => `/value/*/principal/${name}`,
  ),
  requests: () => [listing('/roleManagement/directory/roleAssignments', { $expand: 'principal' })],
  lists: [
    dataset.list('/value', Item, ({ id, principalId, roleDefinitionId, directoryScopeId, principal }) => [
      RoleAssignment.record({
        id,
        name: known(principal?.displayName, 'Microsoft Graph does not tell who holds it'),
        account: principalId,
        accountType: known(
          types[principal?.['@odata.type'] ?? ''],
          'Microsoft Graph does not tell whether a person, a group or an application holds it',
        ),
        role: roleDefinitionId,
        scope: known(directoryScopeId, 'Microsoft Graph does not tell what the role reaches'),
      }),
    ]),
  ],
  neverEmpty: 'a tenant always has a Global Administrator',
});
