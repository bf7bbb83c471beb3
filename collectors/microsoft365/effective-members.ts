import { z } from 'zod';
import { EffectiveMembership } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, type Reading } from '../dataset.ts';
import { dataset, idIn, listing, type Scope } from './scope.ts';

type OfGroup = { readonly id: string };

const Member = z.object({ id: z.guid(), '@odata.type': z.string().nullish() });
const types: Readonly<Record<string, 'user' | 'group' | 'program' | 'device' | 'contact'>> = {
  '#microsoft.graph.user': 'user',
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.servicePrincipal': 'program',
  '#microsoft.graph.device': 'device',
  '#microsoft.graph.orgContact': 'contact',
};

/** What every reading of who is in a group, directly or by way of others, has in common. */
export const effectiveMembers = {
  docs: 'https://learn.microsoft.com/graph/api/group-list-transitivemembers',
  // Some groups hide who is in them from whoever has not the second one.
  permissions: ['GroupMember.Read.All', 'Member.Read.Hidden'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(EffectiveMembership, ['group', 'account', 'accountType'], { lists: true })],
  requests: (_scope: Scope, { id }: OfGroup) => [
    listing(`/groups/${idIn(id)}/transitiveMembers`, { $select: 'id', $top: '999' }),
  ],
  lists: [
    dataset.list('/value', Member, (member, { parent }: Reading<Scope, OfGroup>) => [
      EffectiveMembership.record({
        id: `${parent.id}:${member.id}`,
        group: parent.id,
        account: member.id,
        accountType: known(
          types[member['@odata.type'] ?? ''],
          'Microsoft Graph does not tell what kind of thing it is',
        ),
      }),
    ]),
  ],
} as const;
