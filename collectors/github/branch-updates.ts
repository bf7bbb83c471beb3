import { z } from 'zod';
import { BranchUpdate } from '../../evidence-model/kinds.ts';
import { each, speaks, within, type Interval, type Reading } from '../dataset.ts';
import { eachDefaultBranch, placeOf, type OfDefaultBranch } from './repositories.ts';
import { dataset, cursorListing, silent, timeOf, type Scope } from './scope.ts';

const Item = z.object({
  id: z.int(),
  before: z.string(),
  after: z.string(),
  ref: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  activity_type: z.enum([
    ...(['push', 'force_push', 'branch_creation', 'branch_deletion', 'pr_merge'] as const),
    'merge_queue_merge',
  ]),
  actor: z.object({ id: z.int(), type: z.string().nullish() }).nullish(),
});

const ways = {
  pr_merge: 'pull-request',
  merge_queue_merge: 'merge-queue',
  push: 'push',
  force_push: 'force-push',
  branch_creation: 'creation',
  branch_deletion: 'deletion',
} as const;

const dayMs = 86_400_000;

/** The shortest of GitHub's periods, which end now, that holds the interval. One day and no less is left for waiting. */
function periodOf({ from, to }: Interval): string {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  return days <= 7 ? 'week' : days <= 28 ? 'month' : 'quarter';
}

/**
 * Every change of default branches, and how it came there: GitHub itself writes that down when it happens, so that
 * neither dates nor names in commits, which anyone can set, decide it.
 */
export const branchUpdates = dataset.log<OfDefaultBranch>({
  id: 'github/branch-updates',
  title: 'Changes of default branches',
  docs: 'https://docs.github.com/rest/repos/repos#list-repository-activities',
  permissions: ['Repository contents: read'],
  tier: 'contents',
  personal: ['account names', 'pictures', 'times of use'],
  speaks: [
    speaks(
      BranchUpdate,
      ['repository', 'place', 'branch', 'at', 'actor', 'byProgram', 'way', 'before', 'after'],
      { lists: true },
    ),
  ],
  each: eachDefaultBranch,
  // GitHub forgets none for a year; how far back a first reading goes is ours: a day more than controls look back.
  memoryDays: 31,
  settleMinutes: 60,
  requests: (_, parent, interval) => {
    const { owner, repo, branch } = placeOf(parent);
    return [
      cursorListing('/repos/{owner}/{repo}/activity', {
        owner,
        repo,
        ref: `refs/heads/${branch}`,
        time_period: periodOf(interval),
      }),
    ];
  },
  lists: [
    dataset.list('', Item, (item, reading: Reading<Scope, OfDefaultBranch>) => {
      const { parent } = reading;
      if (item.ref !== `refs/heads/${parent.defaultBranch}`) throw new Error('it is about another branch');
      if (!within(item.timestamp, reading)) return [];
      return [
        BranchUpdate.record({
          id: String(item.id),
          repository: parent.id,
          place: parent.name,
          branch: parent.defaultBranch,
          at: timeOf(item.timestamp),
          actor: item.actor ? String(item.actor.id) : 'gone',
          byProgram: item.actor?.type ? item.actor.type === 'Bot' : { unknown: silent },
          way: ways[item.activity_type],
          before: item.before,
          after: item.after,
        }),
      ];
    }),
  ],
});

/** For datasets that ask what came with each change: a branch that was made or deleted brought nothing by itself. */
export const eachUpdate = each(
  branchUpdates,
  BranchUpdate,
  ['repository', 'place', 'branch', 'way', 'byProgram', 'before', 'after', 'at'],
  ({ way }) => way !== 'creation' && way !== 'deletion',
);
export type OfUpdate = Parameters<NonNullable<typeof eachUpdate.where>>[0];
