import { z } from 'zod';
import { RoleProvision } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachPermissionSet, ofPermissionSet, type OfPermissionSet } from './permission-sets.ts';
import { dataset, type Scope } from './scope.ts';

/** In which accounts each permission set can be had. */
export const permissionSetAccounts = dataset.state({
  id: 'aws/permission-set-accounts',
  title: 'Accounts of permission sets',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountsForProvisionedPermissionSet.html',
  permissions: ['sso:ListAccountsForProvisionedPermissionSet'],
  personal: [],
  speaks: [speaks(RoleProvision, ['role', 'cloudAccount', 'place', 'askedIn'])],
  each: eachPermissionSet,
  requests: (_scope, set) => [
    ofPermissionSet(set, {
      operation: 'ListAccountsForProvisionedPermissionSet',
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/AccountIds', z.string().regex(/^\d{12}$/), (account, { parent }: OfPermissionSet) => [
      RoleProvision.record({
        id: `${parent.id}|${account}`,
        role: parent.id,
        cloudAccount: account,
        place: parent.place,
        askedIn: parent.cloudAccount,
      }),
    ]),
  ],
});

/** Asked once for each permission set and account. */
export const eachProvision = each(permissionSetAccounts, RoleProvision, [
  'role',
  'cloudAccount',
  'place',
  'askedIn',
]);
export type OfProvision = Reading<Scope, Parameters<typeof eachProvision.where>[0]>;
