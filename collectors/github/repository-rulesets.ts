import { z } from 'zod';
import { Repository, Ruleset } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset, part, silent, wholeOf } from './scope.ts';

const targets = { BRANCH: 'branch', TAG: 'tag', PUSH: 'push', REPOSITORY: 'repository' } as const;
const enforcements = { ACTIVE: 'active', EVALUATE: 'evaluate', DISABLED: 'disabled' } as const;

const Item = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string(),
  rulesets: part(
    z.object({
      databaseId: z.int(),
      name: z.string(),
      target: z.enum(['BRANCH', 'TAG', 'PUSH', 'REPOSITORY']).nullish(),
      enforcement: z.enum(['ACTIVE', 'EVALUATE', 'DISABLED']),
    }),
  ),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) {
      nodes {
        databaseId
        nameWithOwner
        rulesets(first: 50, includeParents: false) {
          nodes { databaseId name target enforcement }
          pageInfo { hasNextPage }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** Sets of rules that repositories have of their own. Those of the organisation are listed apart. */
export const repositoryRulesets = dataset.state({
  id: 'github/repository-rulesets',
  title: 'Rulesets of repositories',
  docs: 'https://docs.github.com/graphql/reference/objects#repositoryruleset',
  permissions: ['Repository metadata: read'],
  personal: [],
  speaks: [
    speaks(Repository, []),
    speaks(Ruleset, ['name', 'source', 'repository', 'place', 'target', 'enforcement'], { lists: true }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, (item) => [
      Repository.record({ id: String(item.databaseId) }),
      ...wholeOf('rulesets', item.rulesets).map(({ databaseId, name, target, enforcement }) =>
        Ruleset.record({
          id: String(databaseId),
          name,
          source: 'repository',
          repository: String(item.databaseId),
          place: item.nameWithOwner,
          target: known(target && targets[target], silent),
          enforcement: enforcements[enforcement],
        }),
      ),
    ]),
  ],
  count: repositoriesTotal,
});

export const eachRepositoryRuleset = each(repositoryRulesets, Ruleset, ['place']);
export type OfRepositoryRuleset = Parameters<NonNullable<typeof eachRepositoryRuleset.where>>[0];
