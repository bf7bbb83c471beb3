import { z } from 'zod';
import { Membership } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { connection, dataset, type Scope } from './scope.ts';
import { eachTeam, type OfTeam } from './teams.ts';

const roles = { MEMBER: 'member', MAINTAINER: 'maintainer' } as const;
const Item = z.object({
  role: z.enum(['MEMBER', 'MAINTAINER']),
  node: z.object({ databaseId: z.int() }),
});

const query = `query ($login: String!, $team: String!, $after: String) {
  organization(login: $login) {
    team(slug: $team) {
      members(first: 100, after: $after, membership: IMMEDIATE) {
        edges { role node { databaseId } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** Who is in each team by being named there. Whoever is in a team is also in those above it. */
export const teamMembers = dataset.state<OfTeam>({
  id: 'github/team-members',
  title: 'Members of teams',
  docs: 'https://docs.github.com/graphql/reference/objects#teammemberconnection',
  permissions: ['Organization members: read'],
  personal: [],
  speaks: [speaks(Membership, ['group', 'account', 'role'], { lists: true })],
  each: eachTeam,
  requests: ({ organization }, { name }) => [
    connection('/data/organization/team/members', query, { login: organization, team: name }),
  ],
  lists: [
    dataset.list(
      '/data/organization/team/members/edges',
      Item,
      ({ role, node }, { parent }: Reading<Scope, OfTeam>) => [
        Membership.record({
          id: `${parent.id}:${node.databaseId}`,
          group: parent.id,
          account: String(node.databaseId),
          role: roles[role],
        }),
      ],
    ),
  ],
});
