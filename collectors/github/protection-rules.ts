import { z } from 'zod';
import { ProtectionBypass, Ruleset } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { administratorsSight } from './administrators-sight.ts';
import { eachProtected, type OfProtected } from './branch-protection.ts';
import { dataset, part, wholeOf } from './scope.ts';

const Actor = z.object({
  // Null where the caller is not shown who it is, which is somebody all the same.
  actor: z.object({ __typename: z.string(), databaseId: z.int().nullish() }).nullable(),
});
const Rule = z.object({
  databaseId: z.int(),
  pattern: z.string().min(1),
  isAdminEnforced: z.boolean(),
  bypassPullRequestAllowances: part(Actor),
  bypassForcePushAllowances: part(Actor),
});
const Item = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string(),
  isArchived: z.boolean(),
  viewerCanAdminister: z.boolean(),
  branchProtectionRules: part(Rule),
});

const actors = `nodes {
            actor {
              __typename
              ... on App { databaseId }
              ... on Team { databaseId }
              ... on User { databaseId }
            }
          }
          pageInfo { hasNextPage }`;
const query = `query ($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    databaseId
    nameWithOwner
    isArchived
    viewerCanAdminister
    branchProtectionRules(first: 50) {
      nodes {
        databaseId
        pattern
        isAdminEnforced
        bypassPullRequestAllowances(first: 100) {
          ${actors}
        }
        bypassForcePushAllowances(first: 100) {
          ${actors}
        }
      }
      pageInfo { hasNextPage }
    }
  }
}`;

/**
 * Classic protection as sets of rules, and who may pass them by. In pages of all repositories it would cost a hundred
 * times as much, by how GitHub counts what is nested, so that it is asked for where there is any:
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export const protectionRules = dataset.state<OfProtected>({
  id: 'github/protection-rules',
  title: 'Bypass actors of classic protection',
  docs: 'https://docs.github.com/graphql/reference/objects#branchprotectionrule',
  permissions: ['Repository administration: read'],
  personal: [],
  speaks: [
    speaks(Ruleset, ['name', 'source', 'repository', 'archived', 'target', 'enforcement'], { lists: true }),
    speaks(ProtectionBypass, ['ruleset', 'actors'], { lists: true }),
  ],
  each: eachProtected,
  requests: (_, { place }) => {
    const [owner = '', repo = ''] = place.split('/');
    return [{ query, variables: { owner, repo } }];
  },
  lists: [
    dataset.one('/data/repository', Item, (item, { scope }) => {
      administratorsSight(item, scope);
      return wholeOf('protection rules', item.branchProtectionRules).flatMap((rule) => {
        const id = `classic:${rule.databaseId}`;
        return [
          Ruleset.record({
            id,
            name: `${item.nameWithOwner}: classic protection of ${rule.pattern}`,
            source: 'repository',
            repository: String(item.databaseId),
            archived: item.isArchived,
            target: 'branch',
            enforcement: 'active',
          }),
          ProtectionBypass.record({
            id,
            ruleset: id,
            actors: [
              ...(rule.isAdminEnforced ? [] : ['administrators: always']),
              ...named('pull requests', rule.bypassPullRequestAllowances),
              ...named('force pushes', rule.bypassForcePushAllowances),
            ],
          }),
        ];
      });
    }),
  ],
});

function named(what: string, allowances: z.output<typeof Rule>['bypassPullRequestAllowances']): string[] {
  return wholeOf('bypass actors', allowances).map(
    ({ actor }) => `${actor?.__typename ?? 'somebody'} ${actor?.databaseId ?? 'unknown'}: ${what}`,
  );
}
