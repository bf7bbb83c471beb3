import type { Seeded } from '../aws/random.ts';
import type {
  GithubOrganizationRuleset,
  GithubProtection,
  GithubRepository,
  GithubRule,
  GithubRuleset,
  GithubUser,
} from './model.ts';
import { buildWork } from './work.ts';

/** How the default branch of a repository is protected, or why it need not be. */
type Treatment =
  | 'ruleset'
  | 'classic'
  | 'both'
  | 'own-ruleset'
  | 'evaluate-only'
  | 'unprotected'
  | 'force-pushes'
  | 'archived'
  | 'empty';

/** Everything that is not the rule, in the order in which it is planted while there are repositories left. */
const exceptional: readonly Treatment[] = [
  ...(['classic', 'both', 'unprotected', 'evaluate-only', 'archived', 'own-ruleset'] as const),
  ...(['force-pushes', 'empty', 'unprotected', 'classic', 'both', 'archived', 'own-ruleset'] as const),
  ...(['classic', 'both', 'archived', 'own-ruleset', 'classic', 'both', 'archived'] as const),
];

const things = 'atlas beacon cinder delta ember fathom garnet harbour inlet juniper kestrel lattice'.split(
  ' ',
);
const parts = 'api web worker jobs models ingest export gateway docs infra schema client'.split(' ');

const pullRequest = (approvals: number): GithubRule => ({
  type: 'pull_request',
  parameters: {
    allowed_merge_methods: ['merge', 'squash', 'rebase'],
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_approving_review_count: approvals,
    required_review_thread_resolution: false,
  },
});
const guarded: readonly GithubRule[] = [{ type: 'deletion' }, { type: 'non_fast_forward' }, pullRequest(1)];
const tested: GithubRule = {
  type: 'required_status_checks',
  parameters: {
    strict_required_status_checks_policy: true,
    do_not_enforce_on_create: false,
    required_status_checks: [{ context: 'build' }],
  },
};

/** Repositories under one ruleset of the organisation, but for a few that are treated otherwise. */
export function buildRepositories({
  chance,
  now,
  count,
  administrator,
  people,
  merged,
}: {
  readonly chance: Seeded;
  readonly now: Date;
  readonly count: number;
  readonly administrator: string;
  readonly people: readonly GithubUser[];
  readonly merged: number | null;
}): { repositories: GithubRepository[]; rulesets: GithubOrganizationRuleset[] } {
  // Two of three at most are exceptions, so that a small organisation has ordinary repositories too.
  const places = distinct(
    chance,
    'repositories',
    0,
    count,
    Math.min(exceptional.length, Math.ceil((count * 2) / 3)),
  );
  const treated = new Map(places.map((place, n) => [place, exceptional[n] ?? 'ruleset']));
  const notUnder: string[] = [];
  const trial: string[] = [];

  const repositories = Array.from({ length: count }, (_, n): GithubRepository => {
    const treatment = treated.get(n) ?? 'ruleset';
    const name = nameOf(n);
    const id = 500_000_000 + n * 53 + chance.between(`repository/${n}`, 0, 52);
    if (!['ruleset', 'both', 'empty'].includes(treatment)) notUnder.push(name);
    if (treatment === 'evaluate-only') trial.push(name);
    const age = chance.between(`repository/${n}/age`, 90, 2400);
    const empty = treatment === 'empty';
    const branch = n % 12 === 7 ? 'release/current' : n % 8 === 5 ? 'master' : 'main';
    return {
      id,
      name,
      visibility: n % 10 === 3 ? 'public' : 'private',
      archived: treatment === 'archived',
      defaultBranch: branch,
      empty,
      createdAt: `${new Date(now.getTime() - age * 86_400_000).toISOString().slice(0, 19)}Z`,
      administrators: treatment === 'classic' ? [administrator] : [],
      scanners: { secrets: n % 20 !== 11, pushProtection: n % 9 !== 4, dependencies: n % 20 !== 12 },
      protection: protectionOf(treatment),
      rulesets:
        treatment === 'own-ruleset' ? [ruleset(chance, `own/${n}`, 'Protect the default branch')] : [],
      work: buildWork({ chance, now, n, id, branch, empty, people, merged }),
    };
  });
  return {
    repositories,
    rulesets: [
      {
        ...ruleset(chance, 'base', 'Default branches'),
        rules: structuredClone([...guarded, tested]),
        repositories: { except: notUnder },
      },
      {
        ...ruleset(chance, 'trial', 'Default branches (trial)'),
        enforcement: 'evaluate',
        repositories: { only: trial },
      },
    ],
  };
}

function protectionOf(treatment: Treatment): GithubProtection | null {
  if (treatment !== 'classic' && treatment !== 'both' && treatment !== 'force-pushes') return null;
  return {
    approvals: treatment === 'both' ? 2 : 1,
    dismissStaleReviews: treatment !== 'force-pushes',
    lastPush: treatment === 'both',
    codeOwners: treatment === 'both',
    includesAdministrators: treatment !== 'force-pushes',
    forcePushes: treatment === 'force-pushes',
    deletions: false,
    statusChecks: treatment === 'both' ? ['build', 'test'] : null,
    bypass: [],
  };
}

function ruleset(chance: Seeded, key: string, name: string): GithubRuleset {
  return {
    id: chance.between(`ruleset/${key}`, 100_000, 9_999_999),
    name,
    enforcement: 'active',
    branches: 'default',
    rules: structuredClone([...guarded]),
    bypass: key === 'base' ? [{ id: 5, type: 'RepositoryRole', mode: 'always' }] : [],
  };
}

function nameOf(n: number): string {
  const round = Math.floor(n / (things.length * parts.length));
  const thing = things[n % things.length] ?? '';
  const part = parts[(n + Math.floor(n / things.length)) % parts.length] ?? '';
  return round === 0 ? `${thing}-${part}` : `${thing}-${part}-${round + 1}`;
}

/** So many different whole numbers from `from` up to, not including, `to`; fewer where there are fewer. */
export function distinct(chance: Seeded, name: string, from: number, to: number, count: number): number[] {
  const found = new Set<number>();
  for (let draw = 0; found.size < Math.min(count, to - from); draw += 1)
    found.add(chance.between(`${name}/${draw}`, from, to - 1));
  return [...found];
}
