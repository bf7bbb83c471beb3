import { z } from 'zod';
import { AccessGrant, Repository } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset, wholeOf } from './scope.ts';

const Item = z.object({
  databaseId: z.int(),
  // Null where the caller may not know.
  collaborators: z
    .object({
      edges: z.array(z.object({ permission: z.string(), node: z.object({ databaseId: z.int() }) })),
      pageInfo: z.object({ hasNextPage: z.boolean() }),
    })
    .nullable(),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 50, after: $after) {
      nodes {
        databaseId
        collaborators(first: 100, affiliation: DIRECT) {
          edges { permission node { databaseId } }
          pageInfo { hasNextPage }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/**
 * Who may do more in a repository than everybody may, without a team: members and outsiders to whom it was granted by
 * name. The level is the highest that the person has there.
 */
export const repositoryCollaborators = dataset.state({
  id: 'github/repository-collaborators',
  title: 'Direct collaborators of repositories',
  docs: 'https://docs.github.com/graphql/reference/objects#repositorycollaboratorconnection',
  permissions: [
    'Organization administration: read',
    'Repository metadata: read',
    'Repository administration: read',
  ],
  personal: [],
  speaks: [
    speaks(Repository, []),
    speaks(AccessGrant, ['repository', 'holder', 'holderType', 'level'], { lists: true }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, ({ databaseId, collaborators }) => {
      if (collaborators === null)
        throw new Error(`GitHub does not show this caller who works in repository ${databaseId}`);
      const { edges, pageInfo } = collaborators;
      return [
        Repository.record({ id: String(databaseId) }),
        ...wholeOf('collaborators', { nodes: edges, pageInfo }).map(({ permission, node }) =>
          AccessGrant.record({
            id: `${databaseId}:account:${node.databaseId}`,
            repository: String(databaseId),
            holder: String(node.databaseId),
            holderType: 'account',
            level: permission.toLowerCase(),
          }),
        ),
      ];
    }),
  ],
  count: repositoriesTotal,
});
