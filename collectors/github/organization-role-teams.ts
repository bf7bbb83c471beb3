import { z } from 'zod';
import { RoleAssignment } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { eachRole, type OfRole } from './organization-roles.ts';
import { dataset, listing, type Scope } from './scope.ts';

const Item = z.object({ id: z.int(), slug: z.string() });

/** Teams that hold an organisation role, whoever is in them. */
export const organizationRoleTeams = dataset.state<OfRole>({
  id: 'github/organization-role-teams',
  title: 'Teams with organisation roles',
  docs: 'https://docs.github.com/rest/orgs/organization-roles#list-teams-that-are-assigned-to-an-organization-role',
  permissions: ['Organization custom organization roles: read'],
  personal: [],
  speaks: [speaks(RoleAssignment, ['name', 'account', 'accountType', 'role', 'scope'], { lists: true })],
  each: eachRole,
  requests: ({ organization }, { id }) => [
    listing('/orgs/{org}/organization-roles/{role_id}/teams', { org: organization, role_id: id }),
  ],
  lists: [
    dataset.list('', Item, ({ id, slug }, { parent, scope }: Reading<Scope, OfRole>) => [
      RoleAssignment.record({
        id: `${parent.id}:team:${id}`,
        name: slug,
        account: String(id),
        accountType: 'group',
        role: parent.id,
        scope: scope.organization,
      }),
    ]),
  ],
});
