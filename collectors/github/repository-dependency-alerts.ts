import { z } from 'zod';
import { Repository } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset } from './scope.ts';

const Item = z.object({
  databaseId: z.int(),
  viewerCanAdminister: z.boolean(),
  hasVulnerabilityAlertsEnabled: z.boolean(),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) {
      nodes { databaseId viewerCanAdminister hasVulnerabilityAlertsEnabled }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const hidden = 'GitHub shows whether Dependabot alerts are on only to administrators of the repository';

/** Where Dependabot looks for known flaws: a repository in which it is off has no alerts, which is no praise. */
export const repositoryDependencyAlerts = dataset.state({
  id: 'github/repository-dependency-alerts',
  title: 'Repositories with Dependabot alerts on',
  docs: 'https://docs.github.com/graphql/reference/objects#repository',
  permissions: ['Organization administration: read', 'Repository administration: read'],
  personal: [],
  speaks: [speaks(Repository, ['dependencyAlerts'])],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, (item, { scope }) => [
      Repository.record({
        id: String(item.databaseId),
        // To whoever may not know they seem to be off. An App was given the permission or is refused.
        dependencyAlerts:
          item.hasVulnerabilityAlertsEnabled || item.viewerCanAdminister || scope.by === 'app'
            ? item.hasVulnerabilityAlertsEnabled
            : { unknown: hidden },
      }),
    ]),
  ],
  count: repositoriesTotal,
});
