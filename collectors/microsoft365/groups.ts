import { z } from 'zod';
import { Group } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing, silent, Time, timeOf } from './scope.ts';

const Item = z.object({
  id: z.guid(),
  displayName: z.string().nullish(),
  createdDateTime: Time.nullish(),
  groupTypes: z.array(z.string()).nullish(),
  visibility: z.string().nullish(),
  // Null says that it never came from there; an answer without it says nothing.
  onPremisesSyncEnabled: z.boolean().nullable().optional(),
});

/** Every group of the directory. Who is in it is asked of those alone that matter to roles and policies. */
export const groups = dataset.state({
  id: 'microsoft365/groups',
  title: 'Groups',
  docs: 'https://learn.microsoft.com/graph/api/group-list',
  permissions: ['GroupMember.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Group, ['name', 'createdAt', 'dynamic', 'visibility', 'synchronized'], { lists: true })],
  // The largest page: https://learn.microsoft.com/graph/api/group-list#optional-query-parameters
  requests: () => [
    listing('/groups', {
      $select: 'id,displayName,createdDateTime,groupTypes,visibility,onPremisesSyncEnabled',
      $top: '999',
    }),
  ],
  lists: [
    dataset.list('/value', Item, (item) => [
      Group.record({
        id: item.id,
        name: known(item.displayName, silent),
        createdAt: known(timeOf(item.createdDateTime), silent),
        dynamic: known(item.groupTypes?.includes('DynamicMembership'), silent),
        visibility: known(item.visibility, 'only groups of Microsoft 365 have one for certain'),
        synchronized: known(
          item.onPremisesSyncEnabled === undefined ? null : item.onPremisesSyncEnabled === true,
          silent,
        ),
      }),
    ]),
  ],
  count: { what: "Graph's count of groups", request: () => counting('/groups'), of: countIn },
});
