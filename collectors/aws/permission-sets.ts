import { z } from 'zod';
import { Role } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { arnOf, eachIdentityCenter, type OfIdentityCenter } from './identity-centers.ts';
import { pagedBy } from './pages.ts';
import { dataset, type Request, type Scope } from './scope.ts';

/** What people of a directory can be given in accounts. */
export const permissionSets = dataset.state({
  id: 'aws/permission-sets',
  title: 'Permission sets',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListPermissionSets.html',
  permissions: ['sso:ListPermissionSets'],
  personal: [],
  speaks: [speaks(Role, ['cloudAccount', 'place'])],
  each: eachIdentityCenter,
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'sso',
      operation: 'ListPermissionSets',
      input: { InstanceArn: arnOf(id), MaxResults: 100 },
      account: cloudAccount,
      region,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/PermissionSets', z.string().min(1), (arn, { parent }: OfIdentityCenter) => [
      Role.record({
        id: arn,
        cloudAccount: parent.cloudAccount,
        place: `${parent.region} ${arnOf(parent.id)}`,
      }),
    ]),
  ],
});

export const eachPermissionSet = each(permissionSets, Role, ['cloudAccount', 'place']);

type SetOf = Parameters<typeof eachPermissionSet.where>[0];
export type OfPermissionSet = Reading<Scope, SetOf>;

/** A question about one permission set, to the directory that it is of. */
export function ofPermissionSet(
  { id, cloudAccount, place }: SetOf,
  question: Pick<Request, 'operation' | 'paging'> & Partial<Pick<Request, 'input'>>,
): Request {
  const [region = '', InstanceArn] = place.split(' ');
  const input = { ...question.input, InstanceArn, PermissionSetArn: id };
  return { service: 'sso', ...question, input, account: cloudAccount, region };
}
