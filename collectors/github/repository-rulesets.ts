import { z } from 'zod';
import { Repository, Ruleset, RulesetUse } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset, part, silent, wholeOf } from './scope.ts';

const sources = { Enterprise: 'enterprise', Organization: 'organization', Repository: 'repository' } as const;
const targets = { BRANCH: 'branch', TAG: 'tag', PUSH: 'push', REPOSITORY: 'repository' } as const;
const enforcements = { ACTIVE: 'active', EVALUATE: 'evaluate', DISABLED: 'disabled' } as const;

const Item = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string(),
  isArchived: z.boolean(),
  rulesets: part(
    z.object({
      databaseId: z.int(),
      name: z.string(),
      target: z.enum(['BRANCH', 'TAG', 'PUSH', 'REPOSITORY']).nullish(),
      enforcement: z.enum(['ACTIVE', 'EVALUATE', 'DISABLED']),
      source: z.object({ __typename: z.enum(['Enterprise', 'Organization', 'Repository']) }),
    }),
  ),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) {
      nodes {
        databaseId
        nameWithOwner
        isArchived
        rulesets(first: 50, includeParents: true) {
          nodes { databaseId name target enforcement source { __typename } }
          pageInfo { hasNextPage }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/**
 * Sets of rules that hold for repositories, their own and those from above. Those of the organisation are shown where
 * they hold: at the organisation itself GitHub shows them only to those who may change them.
 */
export const repositoryRulesets = dataset.state({
  id: 'github/repository-rulesets',
  title: 'Rulesets that hold for repositories',
  docs: 'https://docs.github.com/graphql/reference/objects#repositoryruleset',
  permissions: ['Organization administration: read', 'Repository metadata: read'],
  personal: [],
  speaks: [
    speaks(Repository, []),
    speaks(Ruleset, ['name', 'source', 'repository', 'archived', 'target', 'enforcement'], { lists: true }),
    speaks(RulesetUse, ['ruleset', 'repository', 'place'], { lists: true }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, (item) => [
      Repository.record({ id: String(item.databaseId) }),
      ...wholeOf('rulesets', item.rulesets).flatMap(({ databaseId, name, target, enforcement, source }) => [
        Ruleset.record({
          id: String(databaseId),
          name,
          source: sources[source.__typename],
          repository: source.__typename === 'Repository' ? String(item.databaseId) : 'none',
          archived: source.__typename === 'Repository' && item.isArchived,
          target: known(target && targets[target], silent),
          enforcement: enforcements[enforcement],
        }),
        RulesetUse.record({
          id: `${databaseId}:${item.databaseId}`,
          ruleset: String(databaseId),
          repository: String(item.databaseId),
          place: item.nameWithOwner,
        }),
      ]),
    ]),
  ],
  count: repositoriesTotal,
});

/** For datasets that ask once about each ruleset, by way of a repository that it holds for. */
export const eachRuleset = each(repositoryRulesets, RulesetUse, ['ruleset', 'place'], () => true, {
  once: 'ruleset',
});
export type OfRuleset = Parameters<NonNullable<typeof eachRuleset.where>>[0];
