import { z } from 'zod';
import { Membership } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachStoreGroup, type OfStoreGroup } from './identity-store-groups.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  MembershipId: z.string().min(1),
  MemberId: z.object({ UserId: z.string().min(1) }),
});

/** Who is in which group of a directory. */
export const identityStoreMemberships = dataset.state({
  id: 'aws/identity-store-memberships',
  title: 'Memberships in groups of Identity Center',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListGroupMemberships.html',
  permissions: ['identitystore:ListGroupMemberships'],
  personal: [],
  speaks: [speaks(Membership, ['group', 'account'], { lists: true })],
  each: eachStoreGroup,
  requests: (_scope, { id, cloudAccount, place }) => {
    const [region = '', IdentityStoreId] = place.split(' ');
    return [
      {
        service: 'identitystore',
        operation: 'ListGroupMemberships',
        input: { IdentityStoreId, GroupId: id, MaxResults: 100 },
        account: cloudAccount,
        region,
        paging: pagedBy.nextToken,
      },
    ];
  },
  lists: [
    dataset.list('/GroupMemberships', Item, ({ MembershipId, MemberId }, { parent }: OfStoreGroup) => [
      Membership.record({ id: MembershipId, group: parent.id, account: MemberId.UserId }),
    ]),
  ],
});
