import { z } from 'zod';
import { Commit } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { eachUpdate, type OfUpdate } from './branch-updates.ts';
import { dataset, listing, type Scope } from './scope.ts';

const Item = z.object({ sha: z.string().min(1), commit: z.object({ message: z.string() }) });
const Total = z.object({ total_commits: z.int() });

const path = '/repos/{owner}/{repo}/compare/{basehead}';
const place = ({ place: name, before, after }: OfUpdate) => {
  const [owner = '', repo = ''] = name.split('/');
  return { owner, repo, basehead: `${before}...${after}` };
};

/**
 * How a commit came: as its branch was changed. Of what was pushed by people, what says of itself that it takes
 * something back is told apart; whether it does is for whoever reads it.
 */
function wayOf({ way, byProgram }: OfUpdate, message: string) {
  if (way === 'pull-request' || way === 'merge-queue') return way;
  if (byProgram) return 'program';
  return message.startsWith('Revert "') ? 'revert' : 'direct-push';
}

/** Every commit that a change brought to a default branch. Each came in one way. */
export const commits = dataset.log<OfUpdate>({
  id: 'github/commits',
  title: 'Commits that reached default branches',
  docs: 'https://docs.github.com/rest/commits/commits#compare-two-commits',
  permissions: ['Repository contents: read'],
  tier: 'contents',
  personal: ['account names', 'e-mail addresses', 'names of people', 'pictures', 'times of use'],
  speaks: [speaks(Commit, ['repository', 'branch', 'at', 'update', 'way'], { lists: true })],
  each: eachUpdate,
  memoryDays: 31,
  settleMinutes: 60,
  // What was changed is the customer's code, and nobody here needs it.
  secrets: ['/files'],
  requests: (_, parent) => [listing(path, place(parent))],
  lists: [
    dataset.list('/commits', Item, ({ sha, commit }, { parent }: Reading<Scope, OfUpdate>) => [
      Commit.record({
        id: `${parent.repository}:${parent.id}:${sha}`,
        repository: parent.repository,
        branch: parent.branch,
        at: parent.at,
        update: parent.id,
        way: wayOf(parent, commit.message),
      }),
    ]),
  ],
  count: {
    what: "GitHub's count of commits",
    of: (value) => Total.safeParse(value).data?.total_commits ?? null,
  },
});
