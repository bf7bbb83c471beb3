import { z } from 'zod';
import { Directory } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  InstanceArn: z.string().min(1),
  IdentityStoreId: z.string().min(1),
  OwnerAccountId: z.string().optional(),
  Name: z.string().optional(),
  Status: z.string().optional(),
});

/**
 * The directories of people in each account, wherever they stand. That of the organisation is seen by its members too,
 * but tells who is in it to its owner alone. How people prove who they are is nothing that AWS tells.
 */
export const identityCenters = dataset.state({
  id: 'aws/identity-centers',
  title: 'Identity Center',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html',
  permissions: ['sso:ListInstances'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Directory, ['cloudAccount', 'region', 'name', 'owner', 'store', 'state'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'sso', operation: 'ListInstances', paging: pagedBy.nextToken }),
  ],
  lists: [
    dataset.list('/Instances', Item, (instance, { parent }: OfRegion) => [
      Directory.record({
        id: `${parent.cloudAccount}|${instance.InstanceArn}`,
        ...placeOf(parent),
        name: instance.Name ?? 'Identity Center',
        owner: known(instance.OwnerAccountId, 'AWS does not say whose it is'),
        store: instance.IdentityStoreId,
        state: known(instance.Status, 'AWS does not tell it'),
      }),
    ]),
  ],
});

/** Asked of its owner, once for each. */
export const eachIdentityCenter = each(
  identityCenters,
  Directory,
  ['cloudAccount', 'region', 'owner', 'store'],
  ({ cloudAccount, owner }) => cloudAccount === owner,
);

export type OfIdentityCenter = Reading<Scope, Parameters<typeof eachIdentityCenter.where>[0]>;

/** The ARN behind the account that sees it. */
export function arnOf(id: string): string {
  return id.slice(id.indexOf('|') + 1);
}
