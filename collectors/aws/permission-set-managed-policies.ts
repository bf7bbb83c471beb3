import { z } from 'zod';
import { PolicyAttachment } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachPermissionSet, ofPermissionSet, type OfPermissionSet } from './permission-sets.ts';
import { dataset } from './scope.ts';

const Item = z.object({ Arn: z.string().min(1), Name: z.string().optional() });

/** The vendor's policies that each permission set holds. Those of an account's own are not in it. */
export const permissionSetManagedPolicies = dataset.state({
  id: 'aws/permission-set-managed-policies',
  title: 'Policies of permission sets',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListManagedPoliciesInPermissionSet.html',
  permissions: ['sso:ListManagedPoliciesInPermissionSet'],
  personal: [],
  speaks: [speaks(PolicyAttachment, ['policy', 'holder', 'holderType', 'name'])],
  each: eachPermissionSet,
  requests: (_scope, set) => [
    ofPermissionSet(set, {
      operation: 'ListManagedPoliciesInPermissionSet',
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/AttachedManagedPolicies', Item, ({ Arn, Name }, { parent }: OfPermissionSet) => [
      PolicyAttachment.record({
        id: `${Arn}|${parent.id}`,
        policy: Arn,
        holder: parent.id,
        holderType: 'PERMISSION_SET',
        name: known(Name, 'AWS does not tell it'),
      }),
    ]),
  ],
});
