import { z } from 'zod';
import { PullRequest } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within, type Reading } from '../dataset.ts';
import { accountOf, Actor, actorFields } from './actor.ts';
import { approversOf, Review, severalPages } from './approvals.ts';
import { eachRepository, ownerAndName, type OfAnyRepository } from './repositories.ts';
import { connection, dataset, part, silent, timeOf, type Request, type Scope } from './scope.ts';

const Item = z.object({
  number: z.int(),
  baseRefName: z.string(),
  mergedAt: z.iso.datetime({ offset: true }),
  author: Actor,
  mergedBy: Actor.optional(),
  reviews: part(Review).nullish(),
});

/** Merged pull requests of a repository with these fields, those that were touched last first. */
export function mergedQuery(fields: string): string {
  return `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 50, after: $after, states: MERGED, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        number
        updatedAt
        mergedAt
        author { ${actorFields} }
        ${fields}
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
}

/**
 * GitHub lists pull requests by when they were last touched, which is never before they were merged: the listing is
 * followed until what it names is older than what was asked for. What is touched meanwhile moves to the top, so a
 * listing of several pages is read once more and must name the same.
 */
export function mergedSince(query: string, repository: OfAnyRepository, from: string): Request {
  const until = { field: 'updatedAt', before: from };
  return connection('/data/repository/pullRequests', query, ownerAndName(repository), { until });
}

const query = mergedQuery(`baseRefName
        mergedBy { ${actorFields} }
        reviews(first: 100) {
          nodes { state submittedAt author { ${actorFields} } }
          pageInfo { hasNextPage }
        }`);

/** Every pull request that was merged, and who had approved it. What takes the right to read source code is read apart. */
export const mergedPullRequests = dataset.log<OfAnyRepository>({
  id: 'github/merged-pull-requests',
  title: 'Merged pull requests',
  docs: 'https://docs.github.com/graphql/reference/objects#pullrequest',
  permissions: ['Repository pull requests: read'],
  personal: [],
  speaks: [
    speaks(
      PullRequest,
      [
        ...(['repository', 'number', 'branch', 'mergedAt', 'author', 'mergedBy'] as const),
        ...(['authorIsProgram', 'approvers'] as const),
      ],
      { lists: true },
    ),
  ],
  each: eachRepository,
  // GitHub forgets none; how far back a first reading goes is ours: a day more than controls look back.
  memoryDays: 31,
  settleMinutes: 60,
  requests: (_, parent, { from }) => [mergedSince(query, parent, from)],
  lists: [
    dataset.list(
      '/data/repository/pullRequests/nodes',
      Item,
      (item, reading: Reading<Scope, OfAnyRepository>) => {
        if (!within(item.mergedAt, reading)) return [];
        const { reviews, author, mergedAt } = item;
        const whole = reviews && !reviews.pageInfo.hasNextPage;
        return [
          PullRequest.record({
            id: `${reading.parent.id}:${item.number}`,
            repository: reading.parent.id,
            number: item.number,
            branch: item.baseRefName,
            mergedAt: timeOf(mergedAt),
            author: accountOf(author),
            mergedBy: item.mergedBy === undefined ? { unknown: silent } : accountOf(item.mergedBy),
            authorIsProgram: known(
              author && author.__typename === 'Bot',
              'the account of its author is gone',
            ),
            approvers: whole
              ? approversOf(reviews.nodes, { author, mergedAt })
              : { unknown: reviews ? severalPages : silent },
          }),
        ];
      },
    ),
  ],
});
