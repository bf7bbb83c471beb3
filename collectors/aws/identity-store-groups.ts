import { z } from 'zod';
import { Group } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { eachIdentityCenter, type OfIdentityCenter } from './identity-centers.ts';
import { pagedBy } from './pages.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({ GroupId: z.string().min(1), DisplayName: z.string().optional() });

/** Groups of each directory. */
export const identityStoreGroups = dataset.state({
  id: 'aws/identity-store-groups',
  title: 'Groups of Identity Center',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListGroups.html',
  permissions: ['identitystore:ListGroups'],
  personal: [],
  speaks: [speaks(Group, ['cloudAccount', 'name', 'place'])],
  each: eachIdentityCenter,
  requests: (_scope, { store, cloudAccount, region }) => [
    {
      service: 'identitystore',
      operation: 'ListGroups',
      input: { IdentityStoreId: store, MaxResults: 100 },
      account: cloudAccount,
      region,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/Groups', Item, ({ GroupId, DisplayName }, { parent }: OfIdentityCenter) => [
      Group.record({
        id: GroupId,
        cloudAccount: parent.cloudAccount,
        name: known(DisplayName, 'AWS does not tell it'),
        place: `${parent.region} ${parent.store}`,
      }),
    ]),
  ],
});

export const eachStoreGroup = each(identityStoreGroups, Group, ['cloudAccount', 'place']);
export type OfStoreGroup = Reading<Scope, Parameters<typeof eachStoreGroup.where>[0]>;
