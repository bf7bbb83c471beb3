import { z } from 'zod';
import { AccessGrant } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { repositories } from './repositories.ts';
import { connection, dataset, type Scope } from './scope.ts';
import { eachTeam, type OfTeam } from './teams.ts';

const Item = z.object({ permission: z.string(), node: z.object({ databaseId: z.int() }) });

const query = `query ($login: String!, $team: String!, $after: String) {
  organization(login: $login) {
    team(slug: $team) {
      repositories(first: 100, after: $after) {
        edges { permission node { databaseId } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** What each team may do in which repository, by itself or because a team above it may. */
export const teamRepositories = dataset.state<OfTeam>({
  id: 'github/team-repositories',
  title: 'Repositories of teams',
  docs: 'https://docs.github.com/graphql/reference/objects#teamrepositoryconnection',
  permissions: ['Organization members: read', 'Repository metadata: read'],
  personal: [],
  boundedBy: repositories.id,
  speaks: [speaks(AccessGrant, ['repository', 'holder', 'holderType', 'level'], { lists: true })],
  each: eachTeam,
  requests: ({ organization }, { name }) => [
    connection('/data/organization/team/repositories', query, { login: organization, team: name }),
  ],
  lists: [
    dataset.list(
      '/data/organization/team/repositories/edges',
      Item,
      ({ permission, node }, { parent }: Reading<Scope, OfTeam>) => [
        AccessGrant.record({
          id: `${node.databaseId}:group:${parent.id}`,
          repository: String(node.databaseId),
          holder: parent.id,
          holderType: 'group',
          level: permission.toLowerCase(),
        }),
      ],
    ),
  ],
});
