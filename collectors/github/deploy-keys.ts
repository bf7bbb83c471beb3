import { z } from 'zod';
import { DeployKey, Repository } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { administratorsSight } from './administrators-sight.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset, part, timeOf, wholeOf } from './scope.ts';

const Item = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string(),
  viewerCanAdminister: z.boolean(),
  deployKeys: part(
    z.object({
      id: z.string().min(1),
      title: z.string(),
      readOnly: z.boolean(),
      enabled: z.boolean(),
      createdAt: z.iso.datetime({ offset: true }),
    }),
  ),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) {
      nodes {
        databaseId
        nameWithOwner
        viewerCanAdminister
        deployKeys(first: 100) {
          nodes { id title readOnly enabled createdAt }
          pageInfo { hasNextPage }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** Keys that open one repository to a machine. The keys themselves are not asked for. */
export const deployKeys = dataset.state({
  id: 'github/deploy-keys',
  title: 'Deploy keys',
  docs: 'https://docs.github.com/graphql/reference/objects#deploykey',
  permissions: ['Organization administration: read', 'Repository administration: read'],
  personal: [],
  speaks: [
    speaks(Repository, []),
    speaks(DeployKey, ['repository', 'name', 'active', 'mayWrite', 'createdAt'], { lists: true }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, (item, { scope }) => {
      administratorsSight(item, scope);
      return [
        Repository.record({ id: String(item.databaseId) }),
        ...wholeOf('deploy keys', item.deployKeys).map(({ id, title, readOnly, enabled, createdAt }) =>
          DeployKey.record({
            id,
            repository: String(item.databaseId),
            name: `${item.nameWithOwner}: ${title}`,
            active: enabled,
            mayWrite: !readOnly,
            createdAt: timeOf(createdAt),
          }),
        ),
      ];
    }),
  ],
  count: repositoriesTotal,
});
