import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Io, Page, Session } from '../collectors/collector.ts';
import { github } from '../collectors/github/index.ts';
import { listing, single, type Request } from '../collectors/github/scope.ts';
import { openNetwork } from '../collectors/transport/network.ts';
import { buildCompany } from '../demo/company.ts';
import { tokenNamed } from '../demo/github/build.ts';
import type { GithubOptions } from '../demo/github/handler.ts';
import { allGrants, type GithubApp, type GithubModel } from '../demo/github/model.ts';
import { startGithub } from '../demo/github/server.ts';
import { digest } from '../evidence-model/digest.ts';
import { Clock, readNight } from './hostile/bench.ts';

const start = '2026-05-04T02:00:00Z';
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  // As GitHub hands it out: https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

interface Setting {
  readonly settings?: (model: GithubModel) => object;
  readonly change?: (app: GithubApp, model: GithubModel) => void;
  readonly options?: Partial<GithubOptions>;
}

async function served({ change = () => undefined, options = {} }: Setting) {
  const clock = new Clock(start);
  const model = buildCompany({ seed: 'spotless', now: clock.now(), people: 6, repositories: 5 }).github;
  const login = model.organizations[0]!.login;
  const app: GithubApp = {
    id: 4711,
    clientId: 'Iv23liExample',
    slug: 'exhibit-larkspur',
    publicKey,
    installation: { id: 99, organization: login, repositories: 'all', grants: allGrants, suspendedAt: null },
  };
  model.apps.push(app);
  change(app, model);
  const server = await startGithub(model, { now: clock.now, ...options });
  onTestFinished(() => server.close());
  return { clock, model, server, login };
}

/** A session to the demo's organisation, with a clock that moves when somebody waits. */
async function open(setting: Setting = {}) {
  const { clock, model, server, login } = await served(setting);
  const network = openNetwork({ environment: {}, authorities: [] });
  const kept: string[] = [];
  const io: Io = {
    network,
    now: clock.now,
    random: () => 0,
    sleep: clock.sleep,
    keep(bytes) {
      kept.push(new TextDecoder().decode(bytes));
      return Promise.resolve(digest(bytes));
    },
    environment: {},
    signal: new AbortController().signal,
  };
  const given = setting.settings?.(model) ?? { app: { id: 4711, privateKey } };
  const config = github.config.parse({
    organization: login,
    url: `${server.url}${setting.options?.root ?? ''}`,
    ...given,
  });
  const session = (await github.connect(config as never, github.datasets, io)) as Session<Request>;
  onTestFinished(() => network.close());
  const read = async (request: Request): Promise<Page[]> =>
    Array.fromAsync(session.pages(request, { secrets: [], permissions: [] }));
  const asked = (path: RegExp) => server.log.filter(({ url }) => path.test(url)).length;
  return { clock, model, server, read, kept, asked, login };
}

const members = (org: string) => listing('/orgs/{org}/members', { org });
const problemIn = (page: Page | undefined) => (page && !page.answer.ok ? page.answer.problem : null);

describe('an App', () => {
  test.each([
    ['by number', 4711],
    ['by client id', 'Iv23liExample'],
  ])('signs in %s, with one token for many questions, and keeps nothing of it', async (_, id) => {
    const { read, kept, asked, login } = await open({ settings: () => ({ app: { id, privateKey } }) });
    const [first] = await read(members(login));
    await Promise.all([read(members(login)), read(members(login))]);
    expect(first?.answer.ok).toBe(true);
    expect(
      first?.asides.map(({ method, withheld, artifact }) => [method, withheld, artifact !== null]),
    ).toEqual([
      ['GET', null, true],
      ['POST', 'credentials', false],
    ]);
    expect([asked(/installation$/), asked(/access_tokens$/)]).toEqual([1, 1]);
    expect(kept.join()).not.toContain('ghs_');
  });

  test('takes a new token before the old one ends, in the middle of its work', async () => {
    const { clock, read, asked, login } = await open();
    for (let n = 0; n < 5; n += 1) {
      const [page] = await read(members(login));
      expect(page?.answer.ok).toBe(true);
      await clock.sleep(30 * 60_000);
    }
    expect(asked(/access_tokens$/)).toBe(3);
  });

  test('uses the installation that it is told, and asks for no other', async () => {
    const { read, asked, login } = await open({
      settings: () => ({ app: { id: 4711, privateKey, installation: 99 } }),
    });
    expect((await read(members(login)))[0]?.answer.ok).toBe(true);
    expect(asked(/installation$/)).toBe(0);
  });

  const wrong: readonly (readonly [string, Setting, RegExp])[] = [
    [
      'with another key',
      { settings: () => ({ app: { id: 4711, privateKey: otherKey() } }) },
      /check `id`, the private key/,
    ],
    [
      'of another number',
      { settings: () => ({ app: { id: 1, privateKey } }) },
      /check `id`, the private key/,
    ],
    [
      'with a key that is none',
      { settings: () => ({ app: { id: 4711, privateKey: 'hush' } }) },
      /private key of the App cannot be read/,
    ],
    [
      'that is not installed',
      { change: (app) => (app.installation.organization = 'elsewhere') },
      /is not installed in larkspur/,
    ],
    ['that is suspended', { change: (app) => (app.installation.suspendedAt = start) }, /is suspended/],
    [
      'whose installation is another',
      { settings: () => ({ app: { id: 4711, privateKey, installation: 1 } }) },
      /has no installation 1/,
    ],
  ];
  test.each(wrong)('%s is told so, and reads nothing', async (_, setting, text) => {
    const { read, kept, login } = await open(setting);
    const problem = problemIn((await read(members(login)))[0]);
    expect(problem).toMatchObject({ outcome: 'denied', reason: 'credentials-refused' });
    expect(problem?.text).toMatch(text);
    expect(JSON.stringify(problem) + kept.join()).not.toMatch(/hush|PRIVATE KEY|ghs_/);
  });

  test('that sees only some repositories does not see them all', async () => {
    const { clock, server, login } = await served({
      change(app, model) {
        const [{ name } = { name: '' }] = model.organizations[0]!.repositories;
        app.installation.repositories = [name];
        for (const repository of model.organizations[0]!.repositories) repository.visibility = 'private';
      },
    });
    const config = github.config.parse({
      organization: login,
      url: server.url,
      app: { id: 4711, privateKey },
    });
    const source = {
      id: 'one',
      title: 'GitHub',
      collector: github,
      datasets: github.datasets,
      scope: github.scope(config as never),
      settings: () => Promise.resolve(config),
    };
    const { datasets, results } = await readNight(source, {
      clock,
      authorities: [],
      report: () => undefined,
    });
    const repositories = datasets.find(({ dataset }) => dataset === 'github/repositories')?.snapshot?.end;
    expect([repositories?.outcome, repositories?.records, repositories?.expected]).toEqual(['partial', 1, 5]);
    expect(results.find(({ control }) => control === 'branch-protected')?.status).not.toBe('pass');
  });
});

function otherKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
}

describe('GitHub Enterprise Server', () => {
  test('is asked below its root, GraphQL beside it, and nothing elsewhere', async () => {
    const { read, server, login, model } = await open({
      options: { root: '/api/v3' },
      settings: (each) => ({ token: tokenNamed(each, 'owner').value }),
    });
    const [page] = await read(members(login));
    expect(page?.answer).toMatchObject({ ok: true });
    const counts = github.datasets.flatMap(({ count, each }) =>
      count?.request && !each ? [count.request] : [],
    );
    for (const request of counts) {
      const scope = { organization: login, url: `${server.url}/api/v3` };
      const [answer] = await read(request(scope as never, undefined as never) as Request);
      expect(answer?.answer.ok).toBe(true);
    }
    expect(
      new Set(server.log.map(({ url }) => url.split('/').slice(0, 4).join('/').replace(/\?.*/, ''))),
    ).toEqual(new Set(['/api/v3/orgs', '/api/graphql']));
    expect(model.organizations).toHaveLength(1);
  });

  test('signs an App in below its root too', async () => {
    const { read, asked, login } = await open({ options: { root: '/api/v3' } });
    expect((await read(single('/orgs/{org}', { org: login })))[0]?.answer.ok).toBe(true);
    expect(asked(/^\/api\/v3\/app\/installations\/99\/access_tokens$/)).toBe(1);
  });
});

describe('a connection of GraphQL', () => {
  const query =
    'query ($login: String!, $after: String) { organization(login: $login) { domains(first: 100, after: $after) { nodes { domain } pageInfo { hasNextPage endCursor } } } }';
  const request = { query, variables: { login: 'larkspur' }, connection: '/data/organization/domains' };
  const dataset = { ...github.datasets[0]!, requests: () => [request] };
  const page = (hasNextPage: boolean, endCursor: string | null) => ({
    data: { organization: { domains: { nodes: [], pageInfo: { hasNextPage, endCursor } } } },
  });

  async function asking(answers: Readonly<Record<string, unknown>>, after?: unknown) {
    const asked: (string | undefined)[] = [];
    const server = createServer((incoming, response) => {
      void (async () => {
        const body = JSON.parse((await Array.fromAsync(incoming)).join('')) as {
          variables: { after?: string };
        };
        asked.push(body.variables.after);
        response.end(JSON.stringify(answers[body.variables.after ?? 'first']));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const network = openNetwork({ environment: {}, authorities: [] });
    onTestFinished(() => {
      network.close();
      server.close();
    });
    const clock = new Clock(start);
    const io: Io = {
      network,
      now: clock.now,
      random: () => 0,
      sleep: clock.sleep,
      keep: (bytes) => Promise.resolve(digest(bytes)),
      environment: {},
      signal: new AbortController().signal,
    };
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = github.config.parse({ organization: 'larkspur', url, token: 'example' });
    const session = (await github.connect(config as never, [dataset], io)) as Session<Request>;
    const options = { secrets: [], permissions: [], ...(after === undefined ? {} : { after }) };
    const pages = await Array.fromAsync(session.pages(request, options));
    return { asked, pages, resumes: session.resumes(request) };
  }

  test('is read to its end, cursor by cursor', async () => {
    const { asked, pages, resumes } = await asking({
      first: page(true, 'a'),
      a: page(true, 'b'),
      b: page(false, 'c'),
    });
    expect(asked).toEqual([undefined, 'a', 'b']);
    expect(pages.map(({ answer }) => answer.ok)).toEqual([true, true, true]);
    expect(pages[1]?.exchange?.input).toEqual({ login: 'larkspur', after: 'a' });
    expect(resumes).toBe(true);
  });

  test('is gone on with behind a page that was read before, and not where that was the last', async () => {
    expect((await asking({ b: page(false, null) }, page(true, 'b'))).asked).toEqual(['b']);
    expect((await asking({}, page(false, 'b'))).asked).toEqual([]);
  });

  test.each([
    ['that leads back', { first: page(true, 'a'), a: page(true, 'a') }, /leads back/],
    ['without a cursor to what there is more', { first: page(true, null) }, /no cursor/],
    ['that does not say whether there is more', { first: { data: { organization: null } } }, /does not say/],
  ])('%s does not end well', async (_, answers, text) => {
    const { pages } = await asking(answers);
    expect(problemIn(pages.at(-1))?.text).toMatch(text);
  });
});

test('either a token or an App is given', () => {
  const settings = { organization: 'larkspur' };
  for (const wrong of [{}, { token: 'x', app: { id: 1, privateKey } }])
    expect(github.config.safeParse({ ...settings, ...wrong }).error?.message).toContain(
      'either `token` or `app`',
    );
});
