import type { Seeded } from '../aws/random.ts';
import { ago } from './estate.ts';
import type { GithubUser } from './model.ts';

/** What happens in one repository, and who and what may do it. */
export interface GithubWork {
  collaborators: { user: number; permission: 'READ' | 'TRIAGE' | 'WRITE' | 'MAINTAIN' | 'ADMIN' }[];
  keys: { id: string; title: string; readOnly: boolean; createdAt: string }[];
  environments: { id: number; name: string; reviewers: boolean; preventSelfReview: boolean }[];
  deployments: GithubDeployment[];
  pullRequests: GithubPullRequest[];
  updates: GithubUpdate[];
}

export interface GithubActor {
  id: number;
  login: string;
  bot: boolean;
}

interface GithubDeployment {
  id: number;
  environment: string;
  commit: string;
  at: string;
  creator: GithubActor;
  state: string;
}

export interface GithubPullRequest {
  number: number;
  base: string;
  updatedAt: string;
  mergedAt: string;
  /** `null` where the account was deleted. */
  author: GithubActor | null;
  mergedBy: GithubActor | null;
  mergeCommit: string;
  head: string;
  reviews: { state: string; at: string; author: GithubActor | null; commit: string }[];
  checks: string | null;
}

/** A branch came to stand elsewhere. */
export interface GithubUpdate {
  id: number;
  before: string;
  after: string;
  at: string;
  type: 'push' | 'force_push' | 'pr_merge' | 'merge_queue_merge' | 'branch_creation';
  actor: GithubActor;
  commits: { sha: string; message: string }[];
}

export interface BuildWork {
  readonly chance: Seeded;
  readonly now: Date;
  readonly n: number;
  readonly id: number;
  readonly branch: string;
  readonly empty: boolean;
  readonly people: readonly GithubUser[];
  /** How many pull requests were merged within the last 25 days; some, unless told. */
  readonly merged: number | null;
}

/**
 * A month in one repository. Most changes come by way of pull requests that somebody else approved; here and there one
 * approved nothing, came through a merge queue, was pushed past it all, takes something back, or is a program's.
 */
export function buildWork({ chance, now, n, id, branch, empty, people, merged }: BuildWork): GithubWork {
  const nobody: GithubWork = {
    collaborators: [],
    keys: [],
    environments: [],
    deployments: [],
    pullRequests: [],
    updates: [],
  };
  if (empty) return nobody;
  const person = (at: number): GithubActor => {
    const found = people[(n + at) % people.length];
    if (!found) throw new RangeError('somebody must have done it');
    return { id: found.id, login: found.login, bot: false };
  };
  const program: GithubActor = { id: 49_699_333, login: 'dependabot', bot: true };
  const sha = (name: string) => chance.hex(`commit/${id}/${name}`, 40);
  const count = merged ?? chance.between(`work/${id}`, 1, 4);
  const when = (at: number) => ago(now, 25 - (at * 24) / Math.max(1, count) - (n % 7) / 100);
  const later = (time: string, minutes: number) =>
    new Date(Date.parse(time) + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');

  const pullRequests = Array.from({ length: count }, (_, at): GithubPullRequest => {
    const mergedAt = when(at);
    const author = at % 4 === 3 ? program : person(at);
    const head = sha(`${at}/head`);
    const approved = (n + at) % 6 !== 5;
    const review = { state: 'APPROVED', at: later(mergedAt, -90), author: person(at + 1), commit: head };
    return {
      number: at * 2 + 1,
      base: branch,
      updatedAt: later(mergedAt, 1),
      mergedAt,
      author,
      mergedBy: person(at + 1),
      mergeCommit: sha(`${at}/merge`),
      head,
      reviews: approved ? [review] : [{ ...review, state: 'COMMENTED' }],
      checks: at % 5 === 4 ? 'FAILURE' : 'SUCCESS',
    };
  });
  return {
    collaborators: people.slice(0, n % 3).map(({ id: user }, at) => ({
      user,
      permission: at === 0 ? 'WRITE' : 'ADMIN',
    })),
    keys:
      n % 4 === 1
        ? [
            {
              id: `DK_${id}`,
              title: 'mirror',
              readOnly: n % 8 === 1,
              createdAt: ago(now, n % 16 === 5 ? 60 : 500 + n),
            },
          ]
        : [],
    environments:
      n % 2 === 0
        ? [{ id: id + 1, name: 'production', reviewers: n % 4 === 0, preventSelfReview: n % 8 === 0 }]
        : [],
    deployments:
      n % 2 === 0
        ? pullRequests.map(({ mergeCommit, mergedAt, mergedBy }, at) => ({
            id: (id % 50_000_000) * 40 + at,
            environment: 'production',
            commit: mergeCommit,
            at: later(mergedAt, 12),
            creator: mergedBy ?? program,
            state: at === count - 1 ? 'ACTIVE' : 'INACTIVE',
          }))
        : [],
    pullRequests,
    updates: updatesOf({ id, n, sha, pullRequests, person, program, later, birth: ago(now, 80) }),
  };
}

/** The branch from its making to now, each change where the last one left it. */
function updatesOf({
  id,
  n,
  sha,
  pullRequests,
  person,
  program,
  later,
  birth,
}: {
  readonly id: number;
  readonly n: number;
  readonly sha: (name: string) => string;
  readonly pullRequests: readonly GithubPullRequest[];
  readonly person: (at: number) => GithubActor;
  readonly program: GithubActor;
  readonly later: (time: string, minutes: number) => string;
  readonly birth: string;
}): GithubUpdate[] {
  const root = sha('root');
  const updates: GithubUpdate[] = [
    {
      id: id * 100,
      before: '0'.repeat(40),
      after: root,
      at: birth,
      type: 'branch_creation',
      actor: person(0),
      commits: [],
    },
  ];
  let head = root;
  const add = (facts: Omit<GithubUpdate, 'id' | 'before' | 'after'>) => {
    const after = facts.commits.at(-1)?.sha ?? head;
    updates.push({ id: id * 100 + updates.length, before: head, after, ...facts });
    head = after;
  };
  for (const [at, pull] of pullRequests.entries()) {
    const mergedBy = pull.mergedBy ?? program;
    add({
      at: pull.mergedAt,
      type: (n + at) % 8 === 6 ? 'merge_queue_merge' : 'pr_merge',
      actor: mergedBy,
      commits: [
        { sha: pull.head, message: `Change ${at + 1}` },
        { sha: pull.mergeCommit, message: `Merge pull request #${pull.number}` },
      ],
    });
    if (at > 0) continue;
    const time = later(pull.mergedAt, 30);
    if (n % 7 === 2)
      add({
        at: time,
        type: 'push',
        actor: person(2),
        commits: [{ sha: sha('hot'), message: 'Quick repair' }],
      });
    if (n % 11 === 3)
      add({
        at: time,
        type: 'push',
        actor: person(2),
        commits: [{ sha: sha('back'), message: 'Revert "Change 1"' }],
      });
    if (n % 13 === 4)
      add({
        at: time,
        type: 'push',
        actor: program,
        commits: [{ sha: sha('bot'), message: 'Bump a package' }],
      });
    if (n % 17 === 5)
      add({
        at: time,
        type: 'force_push',
        actor: person(3),
        commits: [{ sha: sha('forced'), message: 'Rewrite what was' }],
      });
  }
  return updates;
}
