import { z } from 'zod';
import { Role } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().min(1),
  isBuiltIn: z.boolean().nullish(),
});

/** Every directory role that there is, Microsoft's and the tenant's own. */
export const roleDefinitions = dataset.state({
  id: 'microsoft365/role-definitions',
  title: 'Role definitions',
  docs: 'https://learn.microsoft.com/graph/api/rbacapplication-list-roledefinitions',
  permissions: ['RoleManagement.Read.Directory'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Role, ['name', 'builtIn'], { lists: true })],
  requests: () => [
    listing('/roleManagement/directory/roleDefinitions', { $select: 'id,displayName,isBuiltIn' }),
  ],
  lists: [
    dataset.list('/value', Item, ({ id, displayName, isBuiltIn }) => [
      Role.record({
        id,
        name: displayName,
        builtIn: known(isBuiltIn, 'Microsoft Graph does not tell whose role it is'),
      }),
    ]),
  ],
  neverEmpty: 'every tenant has the roles that Microsoft made',
});
