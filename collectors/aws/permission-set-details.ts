import { z } from 'zod';
import { Role } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachPermissionSet, ofPermissionSet, type OfPermissionSet } from './permission-sets.ts';
import { dataset } from './scope.ts';

const Item = z.object({ Name: z.string().optional(), CreatedDate: z.iso.datetime().optional() });

/** What each permission set is called. */
export const permissionSetDetails = dataset.state({
  id: 'aws/permission-set-details',
  title: 'Details of permission sets',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DescribePermissionSet.html',
  permissions: ['sso:DescribePermissionSet'],
  personal: [],
  speaks: [speaks(Role, ['name', 'createdAt'])],
  each: eachPermissionSet,
  requests: (_scope, set) => [ofPermissionSet(set, { operation: 'DescribePermissionSet' })],
  lists: [
    dataset.one('/PermissionSet', Item, ({ Name, CreatedDate }, { parent }: OfPermissionSet) => [
      Role.record({
        id: parent.id,
        name: known(Name, 'AWS does not tell it'),
        createdAt: known(CreatedDate, 'AWS does not tell it'),
      }),
    ]),
  ],
});
