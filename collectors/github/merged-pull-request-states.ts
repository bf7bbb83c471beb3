import { z } from 'zod';
import { PullRequest } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within, type Reading } from '../dataset.ts';
import { Actor, actorFields } from './actor.ts';
import { approversOf, Review, severalPages } from './approvals.ts';
import { mergedQuery, mergedSince } from './merged-pull-requests.ts';
import { eachRepository, type OfAnyRepository } from './repositories.ts';
import { dataset, part, silent, type Scope } from './scope.ts';

const Commit = z.object({ oid: z.string() });
const Checked = Commit.extend({ statusCheckRollup: z.object({ state: z.string() }).nullable().optional() });
const Item = z.object({
  number: z.int(),
  mergedAt: z.iso.datetime({ offset: true }),
  author: Actor,
  mergeCommit: Commit.nullish(),
  headRefOid: z.string(),
  reviews: part(Review.extend({ commit: Commit.nullish() })).nullish(),
  commits: z.object({ nodes: z.array(z.object({ commit: Checked })) }),
});

const query = mergedQuery(`mergeCommit { oid }
        headRefOid
        reviews(first: 100) {
          nodes { state submittedAt author { ${actorFields} } commit { oid } }
          pageInfo { hasNextPage }
        }
        commits(last: 1) { nodes { commit { oid statusCheckRollup { state } } } }`);

/**
 * Which state of the code each merged pull request was about: what it became, who approved just that, and what the
 * checks said of it. GitHub tells of states only to those who may read the code.
 */
export const mergedPullRequestStates = dataset.log<OfAnyRepository>({
  id: 'github/merged-pull-request-states',
  title: 'States of merged pull requests',
  docs: 'https://docs.github.com/graphql/reference/objects#commit',
  permissions: [
    'Repository pull requests: read',
    'Repository contents: read',
    'Repository checks: read',
    'Repository commit statuses: read',
  ],
  tier: 'contents',
  personal: [],
  speaks: [speaks(PullRequest, ['commit', 'approversOfLast', 'checks'])],
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
        const { reviews, headRefOid: head } = item;
        const whole = reviews && !reviews.pageInfo.hasNextPage;
        return [
          PullRequest.record({
            id: `${reading.parent.id}:${item.number}`,
            commit: known(item.mergeCommit?.oid, silent),
            approversOfLast: whole
              ? approversOf(
                  reviews.nodes.filter(({ state, commit }) => state !== 'APPROVED' || commit?.oid === head),
                  item,
                )
              : { unknown: reviews ? severalPages : silent },
            checks: checksOf(item.commits.nodes.at(-1)?.commit, head),
          }),
        ];
      },
    ),
  ],
});

/** What checks said of the very state that was merged. */
function checksOf(last: z.output<typeof Checked> | undefined, head: string): string | { unknown: string } {
  if (last?.statusCheckRollup === undefined) return { unknown: silent };
  if (last.oid !== head)
    return { unknown: 'the last commit that GitHub lists is not the one that was merged' };
  return last.statusCheckRollup?.state.toLowerCase() ?? 'none';
}
