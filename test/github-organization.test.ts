import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultRule } from '../demo/misbehave.ts';
import type { GithubRepository, GithubRuleset } from '../demo/github/model.ts';
import { isUnknown } from '../evidence-model/unknown.ts';
import type { RecordLine } from '../evidence-model/snapshot.ts';
import type { Judgement } from '../exports/judge.ts';
import { runScheduled } from '../scheduler/run-slot.ts';
import { github } from '../collectors/github/index.ts';
import type { Demo } from '../demo/index.ts';
import { Clock, readNight, sourcesOf } from './hostile/bench.ts';
import { startSpotless } from './hostile/spotless.ts';

/* A whole organisation, read as it is: how it is protected, what becomes of it meanwhile, and how code got there. */
const start = new Date('2026-05-04T02:00:00Z');

interface Wanted {
  readonly repositories?: number;
  readonly people?: number;
  readonly by?: 'app' | 'token';
  readonly plant?: (demo: Demo) => void;
  /** What happens between a first night and a second. */
  readonly between?: (demo: Demo) => void;
  readonly fault?: (demo: Demo) => FaultRule;
}

async function nights({ by = 'app', plant, between, fault, ...sizes }: Wanted) {
  const clock = new Clock(start.toISOString());
  const demo = await startSpotless({ now: start, clock: clock.now, ...sizes });
  onTestFinished(() => demo.close());
  plant?.(demo);
  if (fault) demo.github.server.faults.add(fault(demo));
  const source = sourcesOf(demo).get('github')!;
  const config = github.config.parse({
    organization: demo.company.github.organizations[0]?.login,
    url: demo.github.url,
    token: demo.github.token,
  });
  const judgement = await readNight(
    by === 'app'
      ? source
      : { ...source, scope: github.scope(config as never), settings: () => Promise.resolve(config) },
    {
      clock,
      authorities: [],
      report: () => undefined,
      then: async (night) => {
        if (!between) return;
        between(demo);
        await clock.sleep(86_400_000);
        await runScheduled(night, clock.now());
      },
    },
  );
  return { judgement, organization: demo.company.github.organizations[0]! };
}

function recordsOf({ datasets }: Judgement, id: string): RecordLine['data'][] {
  const records = datasets.find(({ dataset }) => dataset === id)?.snapshot?.records() ?? [];
  return [...records].map(({ data }) => data);
}
const readingOf = ({ datasets }: Judgement, id: string) =>
  datasets.find(({ dataset }) => dataset === id)?.snapshot?.end;

describe('a default branch', () => {
  const ruleset = (id: number, more: Partial<GithubRuleset> = {}): GithubRuleset => ({
    id,
    name: `Rules ${id}`,
    enforcement: 'active',
    branches: 'default',
    rules: [
      { type: 'deletion' },
      { type: 'non_fast_forward' },
      { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
    ],
    bypass: [],
    ...more,
  });
  const classic = {
    approvals: 1,
    dismissStaleReviews: true,
    lastPush: false,
    codeOwners: false,
    includesAdministrators: true,
    forcePushes: false,
    deletions: false,
    statusChecks: null,
    bypass: [],
  };
  type Plant = (repository: GithubRepository, demo: Demo) => void;
  const inherit =
    (more: Partial<GithubRuleset>): Plant =>
    ({ name }, demo) =>
      demo.company.github.organizations[0]!.rulesets.push({
        ...ruleset(7001, more),
        repositories: { only: [name] },
      });
  const cases: readonly (readonly [string, Plant, string])[] = [
    ['a ruleset of its own alone', ({ rulesets }) => rulesets.push(ruleset(7000)), 'pass'],
    ['classic protection alone', (each) => (each.protection = classic), 'pass'],
    [
      'both',
      (each) => {
        each.protection = classic;
        each.rulesets.push(ruleset(7002));
      },
      'pass',
    ],
    ['an inherited ruleset of the organisation', inherit({}), 'pass'],
    ['a ruleset that only evaluates', inherit({ enforcement: 'evaluate' }), 'fail'],
    [
      'a ruleset that some may bypass',
      inherit({ bypass: [{ id: 5, type: 'RepositoryRole', mode: 'always' }] }),
      'pass',
    ],
    ['nothing', () => undefined, 'fail'],
  ];

  test.each(cases)('that is protected by %s is judged so', async (_, protect, status) => {
    const { judgement, organization } = await nights({
      repositories: 2,
      plant: (demo) => {
        const [github] = demo.company.github.organizations;
        github!.rulesets = [];
        for (const each of github!.repositories) Object.assign(each, { protection: null, rulesets: [] });
        protect(github!.repositories[0]!, demo);
      },
    });
    const result = judgement.results.find(({ control }) => control === 'branch-protected')!;
    const of = (n: number) =>
      result.verdicts.find(({ subject }) => subject === String(organization.repositories[n]!.id))?.status;
    expect([of(0), of(1)]).toEqual([status, 'fail']);
  });

  test('is never said to be one that nobody may bypass, where the caller may only read', async () => {
    for (const by of ['app', 'token'] as const) {
      const { judgement } = await nights({
        repositories: 2,
        by,
        plant: (demo) => {
          demo.company.github.organizations[0]!.repositories[0]!.rulesets.push(ruleset(7000));
        },
      });
      const found = recordsOf(judgement, 'github/ruleset-details').map(({ bypassActors }) => bypassActors);
      expect(found.length).toBeGreaterThan(1);
      // An owner's classic token may change rulesets, so that it is shown them; an App that reads is not.
      expect(found.map(isUnknown)).toEqual(found.map(() => by === 'app'));
    }
  });
});

describe('what becomes of an organisation', () => {
  test('between two nights leaves nobody lost or doubled: renamed, transferred, deleted, joined', async () => {
    const { judgement, organization } = await nights({
      people: 8,
      repositories: 5,
      between: (demo) => {
        const { members, repositories } = demo.company.github.organizations[0]!;
        members[1]!.login = 'somebody-else';
        members.splice(3, 1);
        repositories[0]!.name = 'renamed';
        repositories.splice(2, 1); // transferred away, or deleted: here it is gone
        repositories.push({ ...repositories[1]!, id: 777_777, name: 'arrived', formerNames: [] });
      },
    });
    const ids = (found: readonly { readonly id: number }[]) => found.map(({ id }) => String(id)).sort();
    const told = (id: string) =>
      recordsOf(judgement, id)
        .map(({ id: of }) => of)
        .sort();
    expect(readingOf(judgement, 'github/members')?.outcome).toBe('complete');
    expect(readingOf(judgement, 'github/repositories')?.outcome).toBe('complete');
    expect(told('github/members')).toEqual(ids(organization.members));
    expect(told('github/repositories')).toEqual(ids(organization.repositories));
    expect(recordsOf(judgement, 'github/members')).toContainEqual(
      expect.objectContaining({ id: String(organization.members[1]!.id), name: 'somebody-else' }),
    );
  });

  test('while it is read: a repository that is renamed is read by its number', async () => {
    const { judgement, organization } = await nights({
      repositories: 4,
      fault: ({ company }) => ({
        match: { path: /\/rules\/branches\// },
        times: 1,
        fault: { kind: 'delay', ms: 0 },
        meanwhile: () => {
          for (const each of company.github.organizations[0]!.repositories) {
            each.formerNames = [each.name];
            each.name = `${each.name}-renamed`;
          }
        },
      }),
    });
    const rules = recordsOf(judgement, 'github/branch-rules');
    expect(readingOf(judgement, 'github/branch-rules')).toMatchObject({ outcome: 'complete', reasons: [] });
    expect(rules.map(({ repository }) => repository).sort()).toEqual(
      organization.repositories.map(({ id }) => String(id)).sort(),
    );
    const result = judgement.results.find(({ control }) => control === 'branch-protected')!;
    expect(result.status).toBe('pass');
  });

  test('while it is read: a repository that is deleted is named as not read, and nothing passes for it', async () => {
    let gone = '';
    const { judgement } = await nights({
      repositories: 4,
      fault: ({ company }) => ({
        match: { path: /\/rules\/branches\// },
        times: 1,
        fault: { kind: 'delay', ms: 0 },
        meanwhile: () => {
          gone = String(company.github.organizations[0]!.repositories.splice(1, 1)[0]!.id);
        },
      }),
    });
    const result = judgement.results.find(({ control }) => control === 'branch-protected')!;
    expect(readingOf(judgement, 'github/branch-rules')?.outcome).toBe('partial');
    expect(result.status).toBe('no-data');
    expect(result.verdicts.find(({ subject }) => subject === gone)?.status).toBe('no-data');
  });
});

test('every commit on a default branch came in exactly one way, and every merge has its pull request', async () => {
  const { judgement, organization } = await nights({ people: 12, repositories: 40 });
  const commits = recordsOf(judgement, 'github/commits');
  const updates = recordsOf(judgement, 'github/branch-updates');
  const pulls = recordsOf(judgement, 'github/merged-pull-request-states');
  for (const id of ['commits', 'branch-updates', 'merged-pull-requests', 'merged-pull-request-states'])
    expect(readingOf(judgement, `github/${id}`), id).toMatchObject({ outcome: 'complete', reasons: [] });

  const since = start.getTime() - 30 * 86_400_000;
  const planted = organization.repositories.flatMap(({ id, work }) =>
    work.updates
      .filter(({ at }) => Date.parse(at) >= since)
      .flatMap((update) => update.commits.map(({ sha }) => [String(id), sha].join('/'))),
  );
  const read = commits.map(({ repository, id }) => [repository, id.split(':').at(-1)].join('/'));
  expect(read.toSorted()).toEqual(planted.toSorted());

  const ways = Map.groupBy(commits, ({ way }) => String(way));
  const counts = Object.fromEntries([...ways].map(([way, found]) => [way, found.length]));
  process.stdout.write(`commits on default branches: ${JSON.stringify(counts)}, of ${planted.length}\n`);
  expect(Object.keys(counts).sort()).toEqual([
    'direct-push',
    'merge-queue',
    'program',
    'pull-request',
    'revert',
  ]);
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(planted.length);

  const merges = updates.filter(({ way }) => way === 'pull-request' || way === 'merge-queue');
  const key = (repository: unknown, commit: unknown) => [repository, commit].join('/');
  expect(merges.map(({ repository, after }) => key(repository, after)).sort()).toEqual(
    pulls.map(({ id, commit }) => key(id.split(':')[0], commit)).sort(),
  );
});
