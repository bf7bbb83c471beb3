import { z } from 'zod';
import { RoleAssignment } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { eachRole, type OfRole } from './organization-roles.ts';
import { dataset, listing, type Scope } from './scope.ts';

const Item = z.object({ id: z.int(), login: z.string() });

/** People who hold an organisation role, by themselves or by way of a team. */
export const organizationRoleUsers = dataset.state<OfRole>({
  id: 'github/organization-role-users',
  title: 'People with organisation roles',
  docs: 'https://docs.github.com/rest/orgs/organization-roles#list-users-that-are-assigned-to-an-organization-role',
  permissions: ['Organization custom organization roles: read'],
  personal: ['account names', 'pictures'],
  speaks: [speaks(RoleAssignment, ['name', 'account', 'accountType', 'role', 'scope'], { lists: true })],
  each: eachRole,
  requests: ({ organization }, { id }) => [
    listing('/orgs/{org}/organization-roles/{role_id}/users', { org: organization, role_id: id }),
  ],
  lists: [
    dataset.list('', Item, ({ id, login }, { parent, scope }: Reading<Scope, OfRole>) => [
      RoleAssignment.record({
        id: `${parent.id}:user:${id}`,
        name: login,
        account: String(id),
        accountType: 'user',
        role: parent.id,
        scope: scope.organization,
      }),
    ]),
  ],
});
