import { z } from 'zod';
import { Group } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing } from './scope.ts';
import { groups } from './groups.ts';

const filter = { $filter: 'isAssignableToRole eq true' };
const Item = z.object({ id: z.guid(), isAssignableToRole: z.literal(true) });

/**
 * Groups that can be given a directory role. Of others Graph tells null in the property as well as false, so that they
 * are asked for by it and the rest follows from not being named.
 */
export const roleAssignableGroups = dataset.state({
  id: 'microsoft365/role-assignable-groups',
  title: 'Groups that can hold roles',
  docs: 'https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept',
  permissions: ['GroupMember.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Group, ['assignableToRoles'])],
  absence: { kind: Group, among: groups.id, means: { assignableToRoles: false } },
  requests: () => [listing('/groups', { ...filter, $select: 'id,isAssignableToRole', $top: '999' })],
  lists: [
    dataset.list('/value', Item, ({ id, isAssignableToRole }) => [
      Group.record({ id, assignableToRoles: isAssignableToRole }),
    ]),
  ],
  count: {
    what: "Graph's count of groups that can hold roles",
    request: () => counting('/groups', filter),
    of: countIn,
  },
});
