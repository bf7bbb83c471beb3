import { z } from 'zod';
import { PullRequest } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within, type Reading } from '../dataset.ts';
import { accountOf, Actor, actorFields } from './actor.ts';
import { approvalsOf, Review } from './approvals.ts';
import { eachRepository, ownerAndName, type OfAnyRepository } from './repositories.ts';
import { connection, dataset, part, silent, timeOf, type Scope } from './scope.ts';

const Item = z.object({
  number: z.int(),
  baseRefName: z.string(),
  mergedAt: z.iso.datetime({ offset: true }),
  author: Actor,
  mergedBy: Actor.optional(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  headRefOid: z.string(),
  reviews: part(Review).nullish(),
  commits: z.object({
    nodes: z.array(
      z.object({
        commit: z.object({
          oid: z.string(),
          statusCheckRollup: z.object({ state: z.string() }).nullable().optional(),
        }),
      }),
    ),
  }),
});

const query = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 50, after: $after, states: MERGED, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        number
        baseRefName
        updatedAt
        mergedAt
        author { ${actorFields} }
        mergedBy { ${actorFields} }
        mergeCommit { oid }
        headRefOid
        reviews(first: 100) {
          nodes { state submittedAt author { ${actorFields} } commit { oid } }
          pageInfo { hasNextPage }
        }
        commits(last: 1) { nodes { commit { oid statusCheckRollup { state } } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const severalPages = 'it has more reviews than GitHub gives at once';

/**
 * Every pull request that was merged. GitHub lists them by when they were last touched, which is never before they
 * were merged: the listing is followed until what it names is older than what was asked for. What is touched meanwhile
 * moves to the top, so a listing of several pages is read once more and must name the same.
 */
export const mergedPullRequests = dataset.log<OfAnyRepository>({
  id: 'github/merged-pull-requests',
  title: 'Merged pull requests',
  docs: 'https://docs.github.com/graphql/reference/objects#pullrequest',
  permissions: [
    'Repository pull requests: read',
    'Repository checks: read',
    'Repository commit statuses: read',
  ],
  personal: [],
  speaks: [
    speaks(
      PullRequest,
      [
        ...(['repository', 'number', 'branch', 'mergedAt', 'author', 'mergedBy', 'authorIsProgram'] as const),
        ...(['commit', 'approvers', 'approversOfLast', 'checks'] as const),
      ],
      { lists: true },
    ),
  ],
  each: eachRepository,
  // GitHub forgets none; how far back a first reading goes is ours.
  memoryDays: 30,
  settleMinutes: 60,
  requests: (_, parent, { from }) => [
    connection('/data/repository/pullRequests', query, ownerAndName(parent), {
      field: 'updatedAt',
      before: from,
    }),
  ],
  lists: [
    dataset.list(
      '/data/repository/pullRequests/nodes',
      Item,
      (item, reading: Reading<Scope, OfAnyRepository>) => {
        if (!within(item.mergedAt, reading)) return [];
        const { reviews, author, commits } = item;
        const approvals =
          reviews && !reviews.pageInfo.hasNextPage
            ? approvalsOf(reviews.nodes, { author, mergedAt: item.mergedAt, head: item.headRefOid })
            : null;
        const last = commits.nodes.at(-1)?.commit;
        const why = reviews ? severalPages : silent;
        return [
          PullRequest.record({
            id: `${reading.parent.id}:${item.number}`,
            repository: reading.parent.id,
            number: item.number,
            branch: item.baseRefName,
            mergedAt: timeOf(item.mergedAt),
            author: accountOf(author),
            mergedBy: item.mergedBy === undefined ? { unknown: silent } : accountOf(item.mergedBy),
            authorIsProgram: known(
              author && author.__typename === 'Bot',
              'the account of its author is gone',
            ),
            commit: known(item.mergeCommit?.oid, silent),
            approvers: known(approvals?.approvers, why),
            approversOfLast: known(approvals?.approversOfLast, why),
            checks: checksOf(last, item.headRefOid),
          }),
        ];
      },
    ),
  ],
});

/** What checks said of the very state that was merged. */
function checksOf(
  last: z.output<typeof Item>['commits']['nodes'][number]['commit'] | undefined,
  head: string,
): string | { unknown: string } {
  if (last?.statusCheckRollup === undefined) return { unknown: silent };
  if (last.oid !== head)
    return { unknown: 'the last commit that GitHub lists is not the one that was merged' };
  return last.statusCheckRollup?.state.toLowerCase() ?? 'none';
}
