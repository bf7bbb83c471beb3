import { z } from 'zod';
import { RoleAssignment } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachProvision, type OfProvision } from './permission-set-accounts.ts';
import { ofPermissionSet } from './permission-sets.ts';
import { dataset } from './scope.ts';

const words = { USER: 'user', GROUP: 'group' } as const;

const Item = z.object({ PrincipalType: z.enum(['USER', 'GROUP']), PrincipalId: z.string().min(1) });

/** Who of a directory holds which permission set in which account. */
export const accountAssignments = dataset.state({
  id: 'aws/account-assignments',
  title: 'Assignments of permission sets',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignments.html',
  permissions: ['sso:ListAccountAssignments'],
  personal: [],
  speaks: [speaks(RoleAssignment, ['account', 'accountType', 'role', 'scope'], { lists: true })],
  each: eachProvision,
  requests: (_scope, { role, cloudAccount, place, askedIn }) => [
    ofPermissionSet(
      { id: role, cloudAccount: askedIn, place },
      {
        operation: 'ListAccountAssignments',
        input: { AccountId: cloudAccount, MaxResults: 100 },
        paging: pagedBy.nextToken,
      },
    ),
  ],
  lists: [
    dataset.list('/AccountAssignments', Item, ({ PrincipalType, PrincipalId }, { parent }: OfProvision) => [
      RoleAssignment.record({
        id: `${parent.id}|${PrincipalId}`,
        account: PrincipalId,
        accountType: words[PrincipalType],
        role: parent.role,
        scope: parent.cloudAccount,
      }),
    ]),
  ],
});
