import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { github } from '../../collectors/github/index.ts';
import { buildCompany } from '../../demo/company.ts';
import { tokenNamed } from '../../demo/github/build.ts';
import { publishedLimits, type GithubLimits } from '../../demo/github/limits.ts';
import { startGithub } from '../../demo/github/server.ts';
import type { HttpReply, HttpRequest } from '../../demo/http.ts';
import { startDemo } from '../../demo/index.ts';
import { runScheduled } from '../../scheduler/run-slot.ts';
import type { Source } from '../../scheduler/setup.ts';
import { Clock, readNight } from './bench.ts';

/*
 * A large organisation behind a server that enforces what GitHub publishes: requests of an hour, points of a minute,
 * requests at once. Waiting moves a clock that both sides look at, so that hours pass in a moment.
 */
const start = '2026-05-04T02:00:00Z';
const rows: string[] = [];

afterAll(() => {
  process.stdout.write(
    [
      '| GitHub, limits enforced | REST | GraphQL | pages of pull requests | deployments | refused | not changed | at once | took |',
      '|---|---|---|---|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n'),
  );
});

interface Counted {
  rest: number;
  graphql: number;
  pulls: number;
  /** Of what costs a request for each of something and is due once a week. */
  weekly: number;
  refused: number;
  unchanged: number;
}

async function organization(
  sizes: { readonly people: number; readonly repositories: number; readonly mergedPullRequests: number },
  limits: GithubLimits = publishedLimits,
) {
  const clock = new Clock(start);
  const { github: model } = buildCompany({
    seed: 1,
    now: clock.now(),
    accounts: 1,
    usersPerAccount: 4,
    ...sizes,
  });
  const server = await startGithub(model, { now: clock.now, limits });
  const counted: Counted = { rest: 0, graphql: 0, pulls: 0, weekly: 0, refused: 0, unchanged: 0 };
  const see = ({ body, path }: HttpRequest, { status }: HttpReply) => {
    const query = path === '/graphql' ? body.toString() : null;
    if (query === null) counted.rest += 1;
    else if (/pullRequests\(/.test(query)) counted.pulls += 1;
    else if (/deployments\(/.test(query)) counted.weekly += 1;
    else counted.graphql += 1;
    if (status === 403 || status === 429) counted.refused += 1;
    if (status === 304) counted.unchanged += 1;
  };
  server.faults.add({ fault: { kind: 'watch', see } });
  const config = github.config.parse({
    organization: model.organizations[0]!.login,
    url: server.url,
    token: tokenNamed(model, 'owner').value,
  });
  const source: Source = {
    id: 'github-large',
    title: 'GitHub',
    collector: github,
    // What a token is never shown is asked for by Apps only.
    datasets: github.datasets.filter(
      ({ id, tier = 'standard' }) =>
        !['full', 'contents', 'enterprise'].includes(tier) && id !== 'github/webhooks',
    ),
    scope: github.scope(config as never),
    settings: () => Promise.resolve(config),
  };
  const take = (what: string, from: Date) => {
    const { rest, graphql, pulls, weekly, refused, unchanged } = counted;
    const minutes = Math.round((clock.now().getTime() - from.getTime()) / 60_000);
    rows.push(
      `| ${what} | ${rest} | ${graphql} | ${pulls} | ${weekly} | ${refused} | ${unchanged} | ${server.peak()} | ${minutes} min |`,
    );
    const taken = { ...counted, minutes };
    Object.assign(counted, { rest: 0, graphql: 0, pulls: 0, weekly: 0, refused: 0, unchanged: 0 });
    return taken;
  };
  return { clock, model, server, source, take };
}

const outcomes = (judgement: Awaited<ReturnType<typeof readNight>>) =>
  judgement.datasets.flatMap(({ dataset, snapshot }) =>
    snapshot?.end.outcome === 'complete'
      ? []
      : [`${dataset}: ${snapshot?.end.reasons[0]?.text ?? 'not read'}`],
  );

test(
  'a thousand repositories take few requests, no limit is ever exceeded, and what did not change is not sent again',
  { timeout: 300_000 },
  async () => {
    const { clock, server, source, take } = await organization({
      people: 500,
      repositories: 1000,
      mergedPullRequests: 20,
    });
    // Answers take a while, as everywhere; otherwise none would be asked for beside another.
    server.faults.add({ fault: { kind: 'delay', ms: 10 } });
    const nights: ReturnType<typeof take>[] = [];
    const judgement = await readNight(source, {
      clock,
      authorities: [],
      report: () => undefined,
      then: async (night) => {
        nights.push(take('1,000 repositories, 500 people, first night', new Date(start)));
        await clock.sleep(24 * 3_600_000);
        const from = clock.now();
        await runScheduled(night, from);
        nights.push(take('the second, unchanged', from));
      },
    });
    await server.close();
    expect(outcomes(judgement)).toEqual([]);
    const [first, second] = nights;
    expect(first!.refused + second!.refused).toBe(0);
    expect(server.peak()).toBeLessThanOrEqual(publishedLimits.concurrent);
    expect(server.peak()).toBeGreaterThan(10);
    expect(first!.rest + first!.graphql).toBeLessThanOrEqual(1600);
    // What is due once a week was read in its first night, and not in the next.
    expect(first!.weekly).toBeGreaterThan(0);
    expect(second!.weekly).toBe(0);
    expect(second!.unchanged / second!.rest).toBeGreaterThanOrEqual(0.9);
  },
);

test.each([
  ['that says for how long', 5],
  ['that does not', null],
] as const)('a secondary limit %s is waited out', { timeout: 300_000 }, async (_, retryAfter) => {
  const limits = { ...publishedLimits, perMinute: { core: 100, graphql: 100 }, retryAfter };
  const { clock, server, source, take } = await organization(
    { people: 60, repositories: 150, mergedPullRequests: 1 },
    limits,
  );
  const judgement = await readNight(source, { clock, authorities: [], report: () => undefined });
  await server.close();
  const { refused } = take(`a ninth of the published points, refusals ${_}`, new Date(start));
  expect(refused).toBeGreaterThan(0);
  expect(outcomes(judgement)).toEqual([]);
});

test(
  'where the budget of an hour is too small the rest is read when it is renewed, what matters most first',
  { timeout: 300_000 },
  async () => {
    const limits = { ...publishedLimits, perHour: 250 };
    const { clock, server, source, take } = await organization(
      { people: 60, repositories: 400, mergedPullRequests: 1 },
      limits,
    );
    const order: string[] = [];
    const judgement = await readNight(source, {
      clock,
      authorities: [],
      datasetsAtOnce: 1,
      report: (progress) => {
        if (progress.step === 'read') order.push(progress.dataset);
      },
    });
    await server.close();
    const { refused, minutes } = take('250 requests an hour, 400 repositories', new Date(start));
    expect(refused).toBe(0);
    expect(minutes).toBeGreaterThan(60);
    expect(outcomes(judgement)).toEqual([]);
    expect(order.indexOf('github/members-2fa-disabled')).toBeLessThan(order.indexOf('github/branch-rules'));
  },
);

/** What an App of an organisation this large may ask in an hour, for REST and for GraphQL: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#primary-rate-limit-for-github-app-installations */
const appBudget = 12_500;

test(
  'ten thousand repositories are read within the memory of a small machine and the hourly budget of an App',
  { timeout: 1_800_000 },
  async () => {
    const sizes = {
      people: 500,
      repositories: 10_000,
      mergedPullRequests: 1,
      accounts: 1,
      usersPerAccount: 1,
    };
    const demo = await startDemo({
      seed: 'large',
      now: new Date(start),
      clock: () => new Date(start),
      ...sizes,
    });
    const counted = { rest: 0, graphql: 0, weekly: 0 };
    demo.github.server.faults.add({
      fault: {
        kind: 'watch',
        see: ({ body, path }) => {
          if (path !== '/graphql') counted.rest += 1;
          else if (/deployments\(/.test(body.toString())) counted.weekly += 1;
          else counted.graphql += 1;
        },
      },
    });
    const dir = await mkdtemp(join(tmpdir(), 'exhibit-large-'));
    try {
      const { app, url } = demo.github;
      const file = join(dir, 'settings.json');
      const { login: organization } = demo.company.github.organizations[0]!;
      await writeFile(file, JSON.stringify({ organization, url, app }));
      const script = new URL('large-organization.ts', import.meta.url).pathname;
      const { stdout } = await promisify(execFile)(process.execPath, ['--optimize-for-size', script, file], {
        maxBuffer: 1e7,
      });
      const read = JSON.parse(stdout) as {
        short: string[];
        records: number;
        minutes: number;
        megabytes: number;
      };
      const share = (requests: number) => `${((requests / appBudget) * 100).toFixed(0)} %`;
      rows.push(
        `| 10,000 repositories, an App: ${read.records} records, peak ${read.megabytes} MB; ${share(counted.rest)} of its hour of REST and ${share(counted.graphql)} of GraphQL | ${counted.rest} | ${counted.graphql} | with GraphQL | ${counted.weekly} | | | | ${read.minutes} min |`,
      );
      expect(read.short).toEqual([]);
      expect(read.megabytes).toBeLessThan(300);
      expect(counted.rest).toBeLessThan(appBudget);
      expect(counted.graphql).toBeLessThan(appBudget);
    } finally {
      await demo.close();
      await rm(dir, { recursive: true });
    }
  },
);

test('a token that sees only some repositories is told by the total of the organisation', async () => {
  const { clock, model, server, source } = await organization({
    people: 20,
    repositories: 20,
    mergedPullRequests: 1,
  });
  const token = tokenNamed(model, 'owner');
  token.repositories = model.organizations[0]!.repositories.slice(0, 7).map(({ name }) => name);
  const judgement = await readNight(source, { clock, authorities: [], report: () => undefined });
  await server.close();
  const short = judgement.datasets.filter(({ snapshot }) =>
    snapshot?.end.reasons.some(({ code }) => code === 'count-differs'),
  );
  expect(short.map(({ dataset }) => dataset)).toContain('github/repositories');
  expect(short.map(({ snapshot }) => snapshot?.end.outcome)).toEqual(short.map(() => 'partial'));
  const status = (id: string) => judgement.results.find(({ control }) => control === id)?.status;
  expect(status('branch-protected')).not.toBe('pass');
});
