import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Octokit } from '@octokit/rest';
import { afterEach, describe, expect, test } from 'vitest';
import { openNetwork, type Answer } from '../collectors/transport/network.ts';
import { DeclaredSystem, Exception } from '../controls/declarations.ts';
import { buildCompany, type BuildCompany } from '../demo/company.ts';
import { tokenNamed, type TokenName } from '../demo/github/build.ts';
import { publishedLimits, type GithubLimits } from '../demo/github/limits.ts';
import type { GithubModel, GithubRepository } from '../demo/github/model.ts';
import { startGithub } from '../demo/github/server.ts';
import type { HttpServer } from '../demo/http.ts';
import { startDemo } from '../demo/index.ts';
import type { Fault, FaultRule } from '../demo/misbehave.ts';

const night = new Date('2026-05-04T02:00:00Z');
const org = 'larkspur-analytics';
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const company = (sizes: Partial<BuildCompany> = {}) => buildCompany({ seed: 1, now: night, ...sizes });

async function start(
  model: GithubModel,
  { limits, clock = { now: night } }: { limits?: GithubLimits; clock?: { now: Date } } = {},
): Promise<HttpServer> {
  const server = await startGithub(model, { now: () => clock.now, ...(limits && { limits }) });
  closing.push(() => server.close());
  return server;
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

function octokit({ url }: HttpServer, model: GithubModel, name: TokenName = 'owner'): Octokit {
  return new Octokit({ baseUrl: url, auth: tokenNamed(model, name).value, log: silent });
}

/** What a server says to one plain request, as the product's own network hears it. */
async function get(
  { url }: HttpServer,
  model: GithubModel,
  path: string,
  { headers = {}, token = 'owner' }: { headers?: Record<string, string>; token?: TokenName } = {},
): Promise<Answer> {
  const network = openNetwork({ environment: {}, authorities: [] });
  try {
    return await network.send(
      {
        method: 'GET',
        url: new URL(path, url),
        headers: {
          'user-agent': 'test',
          authorization: `Bearer ${tokenNamed(model, token).value}`,
          ...headers,
        },
        body: null,
      },
      { timeoutMs: 2000, maxBytes: 1e7, signal: new AbortController().signal },
    );
  } finally {
    network.close();
  }
}

const textOf = ({ bytes }: Answer) => Buffer.from(bytes).toString();
const jsonOf = (answer: Answer): unknown => JSON.parse(textOf(answer));
const failure = async (doing: Promise<unknown>) =>
  doing.then(
    () => 'no failure',
    (error: unknown) => error as { status?: number; code?: string; message: string },
  );

/** The first repository of this kind, and the fixed parts of its path. */
function repositoryWith(model: GithubModel, wanted: (repository: GithubRepository) => boolean) {
  const found = model.organizations[0]!.repositories.find(wanted)!;
  return { found, at: { owner: org, repo: found.name, branch: found.defaultBranch } };
}

describe('the company', () => {
  test('follows from the seed: the same seed makes the same company, another makes another', () => {
    const plain = (seed: number) => JSON.stringify(buildCompany({ seed, now: night }));
    expect(plain(1)).toBe(plain(1));
    expect(plain(2)).not.toBe(plain(1));
  });

  test('has 60 people, 40 repositories and the defects that its builders name', () => {
    const { github, aws } = company();
    const { members, outsideCollaborators, repositories, rulesets } = github.organizations[0]!;
    const having = (state: string) => members.filter(({ twoFactor }) => twoFactor === state).length;
    expect([members.length, having('disabled'), having('insecure')]).toEqual([60, 2, 1]);
    expect(members.filter(({ role }) => role === 'admin')).toHaveLength(4);
    expect(outsideCollaborators.map(({ twoFactor }) => twoFactor).sort()).toEqual([
      'disabled',
      'secure',
      'secure',
    ]);
    expect(repositories).toHaveLength(40);
    const trial = rulesets.find(({ enforcement }) => enforcement === 'evaluate')!.repositories;
    expect(trial).toEqual({ only: [expect.any(String)] });
    expect(repositories.filter(({ archived }) => archived)).toHaveLength(4);
    expect(repositories.filter(({ empty }) => empty)).toHaveLength(1);
    expect(repositories.filter(({ protection }) => protection?.forcePushes === true)).toHaveLength(1);
    expect(aws.accounts.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'SUSPENDED']);
    expect(aws.accounts.flatMap(({ readRole }) => readRole?.refuses ?? [])).not.toEqual([]);
  });

  test('lets few of those who work there administer a repository', () => {
    const { members, repositories, estate } = company().github.organizations[0]!;
    const owners = members.filter(({ role }) => role === 'admin').map(({ id }) => id);
    const byTeam = estate.teams
      .filter((team) => team.repositories.some(({ permission }) => permission === 'ADMIN'))
      .flatMap((team) => team.members.map(({ user }) => user));
    const byName = repositories.flatMap(({ work }) =>
      work.collaborators.filter(({ permission }) => permission === 'ADMIN').map(({ user }) => user),
    );
    const byRole = estate.roles.filter(({ base }) => base === 'admin').flatMap(({ users }) => users);
    expect(owners).toHaveLength(4);
    expect(new Set([...owners, ...byTeam, ...byName]).size).toBe(6);
    expect(byRole).toEqual([]);
  });

  test('names nobody twice and no address outside example.com', () => {
    const { person, github } = company({ people: 2000, repositories: 500 });
    const people = Array.from({ length: 2000 }, (_, n) => person(n));
    expect(new Set(people.map(({ login }) => login)).size).toBe(2000);
    for (const { mail } of people) expect(mail).toMatch(/^[a-z0-9.]+@example\.com$/);
    const { members, outsideCollaborators, repositories } = github.organizations[0]!;
    const ids = [...members, ...outsideCollaborators].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(repositories.map(({ name }) => name)).size).toBe(500);
    expect(new Set(repositories.map(({ id }) => id)).size).toBe(500);
  });

  test('declares exceptions and systems in the form that Exhibit reads', () => {
    const { exceptions, systems, github } = company();
    for (const each of exceptions) expect(Exception.parse(each)).toEqual(each);
    for (const each of systems) expect(DeclaredSystem.parse(each)).toEqual(each);
    expect(new Set(systems.map(({ state }) => state))).toEqual(new Set(['by-hand', 'connected', 'not-read']));
    const sms = github.organizations[0]!.members.find(({ twoFactor }) => twoFactor === 'insecure')!;
    const today = night.toISOString().slice(0, 10);
    const inForce = exceptions.filter(({ start: from, end }) => from <= today && today <= end);
    expect(inForce.map(({ subjects }) => subjects)).toEqual([[String(sms.id)]]);
    expect(exceptions).toHaveLength(2);
  });

  test.each([1, 2, 5])('can be as small as %i', (size) => {
    const { github } = company({ people: size, repositories: size, accounts: 1, usersPerAccount: 4 });
    expect(github.organizations[0]!.members).toHaveLength(size);
    expect(github.organizations[0]!.repositories).toHaveLength(size);
  });

  test('can be as large as 100,000 people and 10,000 repositories', async () => {
    const { github } = company({ people: 100_000, repositories: 10_000 });
    const server = await start(github);
    const { data, headers } = await octokit(server, github).rest.orgs.listMembers({
      org,
      per_page: 100,
      page: 777,
    });
    expect(data).toHaveLength(100);
    expect(headers.link).toContain('page=1000>; rel="last"');
    const owner = await octokit(server, github).rest.orgs.get({ org });
    expect(owner.data.public_repos + owner.data.total_private_repos!).toBe(10_000);
  });
});

describe('paging', () => {
  test('leads by the Link header to every member once', async () => {
    const { github } = company({ people: 250 });
    const server = await start(github);
    const client = octokit(server, github);
    const members = await client.paginate(client.rest.orgs.listMembers, { org, per_page: 100 });
    const { id, members: all } = github.organizations[0]!;
    expect(members.map((member) => member.id)).toEqual(all.map((member) => member.id));
    expect(server.log.map(({ url }) => url)).toEqual([
      `/orgs/${org}/members?per_page=100`,
      `/organizations/${id}/members?per_page=100&page=2`,
      `/organizations/${id}/members?per_page=100&page=3`,
    ]);
  });

  test.each([
    ['', 30],
    ['per_page=7', 7],
    ['per_page=100', 100],
    ['per_page=1000', 100],
    ['per_page=0', 30],
    ['per_page=x', 30],
  ])('with «%s» gives %i a page', async (query, size) => {
    const { github } = company({ people: 120 });
    const server = await start(github);
    expect(jsonOf(await get(server, github, `/orgs/${org}/members?${query}`))).toHaveLength(size);
  });

  test('names the pages around as GitHub does', async () => {
    const { github } = company({ people: 90 });
    const server = await start(github);
    const at = `${server.url}/organizations/${github.organizations[0]!.id}/members`;
    const link = async (query: string) =>
      (await get(server, github, `/orgs/${org}/members?${query}`)).headers['link'];
    expect(await link('page=1')).toBe(`<${at}?page=2>; rel="next", <${at}?page=3>; rel="last"`);
    expect(await link('page=2')).toBe(
      `<${at}?page=1>; rel="prev", <${at}?page=3>; rel="next", <${at}?page=3>; rel="last", <${at}?page=1>; rel="first"`,
    );
    expect(await link('page=3')).toBe(`<${at}?page=2>; rel="prev", <${at}?page=1>; rel="first"`);
    expect(await link('per_page=100')).toBeUndefined();
    expect(jsonOf(await get(server, github, `/orgs/${org}/members?page=9`))).toEqual([]);
  });

  test('reaches rules and repositories too', async () => {
    const { github } = company({ repositories: 130 });
    const server = await start(github);
    const client = octokit(server, github);
    expect(await client.paginate(client.rest.repos.listForOrg, { org, per_page: 50 })).toHaveLength(130);
    const { found, at } = repositoryWith(github, ({ rulesets }) => rulesets.length > 0);
    found.rulesets[0]!.rules = Array.from({ length: 45 }, (_, n) => ({
      type: n === 44 ? 'deletion' : 'update',
    }));
    const rules = await client.paginate(client.rest.repos.getBranchRules, at);
    expect(rules).toHaveLength(45);
    expect(rules.at(-1)).toMatchObject({ type: 'deletion', ruleset_source_type: 'Repository' });
  });
});

describe('an owner', () => {
  test('sees the settings, both filters and all repositories', async () => {
    const { github } = company();
    const client = octokit(await start(github), github);
    const { members, outsideCollaborators } = github.organizations[0]!;
    const logins = (list: readonly { login: string }[]) => list.map(({ login }) => login);
    const having = (list: typeof outsideCollaborators, state: string) =>
      logins(list.filter(({ twoFactor }) => twoFactor === state));

    const settings = (await client.rest.orgs.get({ org })).data;
    expect(settings).toMatchObject({
      two_factor_requirement_enabled: false,
      default_repository_permission: 'write',
      members_can_create_public_repositories: false,
    });
    expect(settings.public_repos + settings.total_private_repos!).toBe(40);
    for (const [filter, state] of [
      ['2fa_disabled', 'disabled'],
      ['2fa_insecure', 'insecure'],
    ] as const) {
      expect(logins((await client.rest.orgs.listMembers({ org, filter })).data)).toEqual(
        having(members, state),
      );
      expect(logins((await client.rest.orgs.listOutsideCollaborators({ org, filter })).data)).toEqual(
        having(outsideCollaborators, state),
      );
    }
    const role = async (wanted: 'admin' | 'member') =>
      (await client.rest.orgs.listMembers({ org, role: wanted, per_page: 100 })).data.length;
    expect([await role('admin'), await role('member')]).toEqual([4, 56]);
    const { data } = await client.rest.repos.listForOrg({ org, per_page: 100 });
    expect(data).toHaveLength(40);
    for (const { permissions } of data) expect(permissions).toMatchObject({ admin: true });
  });

  test('sees what changes in the model at the next request', async () => {
    const { github } = company();
    const client = octokit(await start(github), github);
    const disabled = async () =>
      (await client.rest.orgs.listMembers({ org, filter: '2fa_disabled' })).data.length;
    expect(await disabled()).toBe(2);
    github.organizations[0]!.members[9]!.twoFactor = 'disabled';
    expect(await disabled()).toBe(3);
  });
});

describe('who may not see', () => {
  test('is told 200 with null, and no settings', async () => {
    const { github } = company();
    const server = await start(github);
    for (const name of ['member', 'thin'] as const) {
      const { data } = await octokit(server, github, name).rest.orgs.get({ org });
      expect(data.two_factor_requirement_enabled).toBeNull();
      expect(
        Object.keys(data).filter((key) => /members_can|default_repository|total_private/.test(key)),
      ).toEqual([]);
    }
    const stranger = (await octokit(server, github, 'stranger').rest.orgs.get({ org })).data;
    expect(stranger).not.toHaveProperty('two_factor_requirement_enabled');
  });

  test.each(['2fa_disabled', '2fa_insecure'] as const)(
    'is refused the filter %s with 422',
    async (filter) => {
      const { github } = company();
      const client = octokit(await start(github), github, 'member');
      for (const ask of [client.rest.orgs.listMembers, client.rest.orgs.listOutsideCollaborators])
        expect(await failure(ask({ org, filter }))).toMatchObject({
          status: 422,
          message: expect.stringContaining('Only owners can use this filter.') as string,
        });
    },
  );

  test.each(['thin', 'no-members'] as const)(
    'of people, gets empty lists with the token %s, the filters included, and no error',
    async (name) => {
      const { github } = company();
      const client = octokit(await start(github), github, name);
      for (const filter of ['all', '2fa_disabled', '2fa_insecure'] as const) {
        expect((await client.rest.orgs.listMembers({ org, filter })).data).toEqual([]);
        expect((await client.rest.orgs.listOutsideCollaborators({ org, filter })).data).toEqual([]);
      }
    },
  );

  test('as a stranger sees public members whatever role is asked for, and public repositories', async () => {
    const { github } = company();
    const client = octokit(await start(github), github, 'stranger');
    const { members, repositories } = github.organizations[0]!;
    const open = members.filter(({ isPublic }) => isPublic).length;
    for (const role of ['all', 'admin', 'member'] as const)
      expect((await client.rest.orgs.listMembers({ org, role })).data).toHaveLength(open);
    const { data } = await client.rest.repos.listForOrg({ org, per_page: 100 });
    expect(data).toHaveLength(repositories.filter(({ visibility }) => visibility === 'public').length);
    expect(data.length).toBeLessThan(repositories.length);
  });

  test('protection, is told 403 without the permission and 404 without the role', async () => {
    const { github } = company();
    const server = await start(github);
    const { at } = repositoryWith(github, ({ protection }) => protection !== null);
    const ask = (name: TokenName) =>
      failure(octokit(server, github, name).rest.repos.getBranchProtection(at));
    expect(await ask('no-administration')).toMatchObject({ status: 403 });
    expect(await ask('thin')).toMatchObject({ status: 403 });
    const member = github.organizations[0]!.members.at(-1)!.login;
    const { found } = repositoryWith(github, ({ name }) => name === at.repo);
    found.administrators = [];
    expect(await ask('member')).toMatchObject({
      status: 404,
      message: expect.stringMatching(/^Not Found/) as string,
    });
    found.administrators = [member];
    expect(await ask('member')).toBe('no failure');
  });

  test('has a token that nobody knows, that has expired, or none: 401', async () => {
    const { github } = company();
    const clock = { now: night };
    const server = await start(github, { clock });
    const ask = async (headers: Record<string, string>) =>
      (await get(server, github, `/orgs/${org}`, { headers })).status;
    const { value } = tokenNamed(github, 'owner');
    expect(await ask({ authorization: 'Bearer ghp_other' })).toBe(401);
    expect(await ask({ authorization: `Basic ${value}` })).toBe(401);
    expect(await ask({ authorization: `token ${value}` })).toBe(200);
    const anonymous = new Octokit({ baseUrl: server.url, log: silent });
    expect(await failure(anonymous.rest.orgs.get({ org }))).toMatchObject({ status: 401 });
    tokenNamed(github, 'owner').expiresAt = '2026-05-04T03:00:00Z';
    expect(await ask({})).toBe(200);
    clock.now = new Date('2026-05-04T03:00:00Z');
    expect(await ask({})).toBe(401);
  });
});

describe('branches', () => {
  test('tell classic protection apart from none at all', async () => {
    const { github } = company();
    const client = octokit(await start(github), github);
    const both = repositoryWith(github, ({ protection }) => protection?.approvals === 2);
    expect((await client.rest.repos.getBranchProtection(both.at)).data).toMatchObject({
      required_pull_request_reviews: { required_approving_review_count: 2 },
      allow_force_pushes: { enabled: false },
      allow_deletions: { enabled: false },
    });
    both.found.protection!.approvals = null;
    expect((await client.rest.repos.getBranchProtection(both.at)).data).not.toHaveProperty(
      'required_pull_request_reviews',
    );
    const none = repositoryWith(github, ({ protection, empty }) => protection === null && !empty);
    const refusal = await failure(client.rest.repos.getBranchProtection(none.at));
    expect(refusal).toMatchObject({
      status: 404,
      message: expect.stringMatching(/^Branch not protected/) as string,
    });
    const empty = repositoryWith(github, (each) => each.empty);
    expect(await failure(client.rest.repos.getBranchProtection(empty.at))).toMatchObject({ status: 404 });
  });

  test('have the rules of active rulesets, of the organisation and their own, and no others', async () => {
    const { github } = company();
    const client = octokit(await start(github), github);
    const { rulesets, repositories } = github.organizations[0]!;
    const typesOf = async (wanted: (repository: GithubRepository) => boolean) =>
      (await client.rest.repos.getBranchRules(repositoryWith(github, wanted).at)).data.map(
        ({ type, ruleset_source_type }) => `${ruleset_source_type} ${type}`,
      );
    const [base, trial] = rulesets.map(({ repositories: concerned }) => concerned);
    const except = (base as { except: string[] }).except;
    const only = (trial as { only: string[] }).only;
    const three = (source: string) =>
      ['deletion', 'non_fast_forward', 'pull_request'].map((type) => `${source} ${type}`);
    expect(await typesOf(({ name }) => !except.includes(name))).toEqual([
      ...three('Organization'),
      'Organization required_status_checks',
    ]);
    expect(await typesOf(({ name }) => only.includes(name))).toEqual([]);
    expect(await typesOf(({ rulesets: own }) => own.length > 0)).toEqual(three('Repository'));
    const open = repositories.filter(
      ({ name, protection, rulesets: own, archived }) =>
        except.includes(name) && !only.includes(name) && protection === null && own.length === 0 && !archived,
    );
    expect(open).toHaveLength(2);
    expect(await typesOf(({ name }) => name === open[0]!.name)).toEqual([]);
    rulesets[0]!.enforcement = 'disabled';
    expect(await typesOf(({ name }) => !except.includes(name))).toEqual([]);
  });

  test('may have a slash in their name', async () => {
    const { github } = company();
    const server = await start(github);
    const { at, found } = repositoryWith(github, ({ defaultBranch }) => defaultBranch.includes('/'));
    found.protection = repositoryWith(github, ({ protection }) => protection !== null).found.protection;
    const { data } = await octokit(server, github).rest.repos.getBranchProtection(at);
    expect(data.url).toContain('/branches/release%2Fcurrent/protection');
  });

  test('of private repositories are not told about on the free plan', async () => {
    const { github } = company();
    const client = octokit(await start(github), github);
    github.organizations[0]!.plan = 'free';
    const { at } = repositoryWith(
      github,
      ({ visibility, protection }) => visibility === 'private' && !!protection,
    );
    expect(await failure(client.rest.repos.getBranchProtection(at))).toMatchObject({ status: 403 });
    expect(await failure(client.rest.repos.getBranchRules(at))).toMatchObject({ status: 403 });
    const open = repositoryWith(github, ({ visibility }) => visibility === 'public');
    expect((await client.rest.repos.getBranchRules(open.at)).status).toBe(200);
  });
});

describe('HTTP', () => {
  test('answers 304 to the tag of an answer that has not changed', async () => {
    const { github } = company();
    const server = await start(github);
    const path = `/orgs/${org}/members`;
    const { etag = '' } = (await get(server, github, path)).headers;
    const again = await get(server, github, path, { headers: { 'if-none-match': etag } });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    github.organizations[0]!.members.shift();
    expect((await get(server, github, path, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  test('speaks gzip where the client does, and has its own clock and request ids', async () => {
    const { github } = company();
    const server = await start(github);
    const coded = await get(server, github, `/orgs/${org}`);
    const plain = await get(server, github, `/orgs/${org}`, { headers: { 'accept-encoding': 'identity' } });
    expect(coded.headers['content-encoding']).toBe('gzip');
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(textOf(coded)).toBe(textOf(plain));
    expect(coded.headers['date']).toBe('Mon, 04 May 2026 02:00:00 GMT');
    expect(coded.headers['x-github-request-id']).not.toBe(plain.headers['x-github-request-id']);
    expect(server.log).toEqual(
      [1, 2].map(() => ({ method: 'GET', url: `/orgs/${org}`, operation: null, at: night.toISOString() })),
    );
  });

  test('knows nothing that it does not have, and takes no writes', async () => {
    const { github } = company();
    const server = await start(github);
    const client = octokit(server, github);
    expect(await failure(client.rest.orgs.get({ org: 'nobody' }))).toMatchObject({ status: 404 });
    expect(await failure(client.rest.orgs.listBlockedUsers({ org }))).toMatchObject({ status: 404 });
    expect(await failure(client.rest.orgs.update({ org, name: 'x' }))).toMatchObject({ status: 404 });
    expect((await get(server, github, '/orgs/%E0%A4%A')).status).toBe(404);
    const nameless = await fetch(`${server.url}/user`, { headers: { 'user-agent': '' } });
    expect(nameless.status).toBe(403);
  });
});

describe('GraphQL', () => {
  const counts =
    'query ($login: String!) { organization(login: $login) { membersWithRole { totalCount } repositories { totalCount } } }';

  test('counts members and repositories', async () => {
    const { github } = company();
    const client = octokit(await start(github), github);
    expect(await client.graphql(counts, { login: org })).toEqual({
      organization: { membersWithRole: { totalCount: 60 }, repositories: { totalCount: 40 } },
    });
    expect(
      await client.graphql(
        `{ viewer { login } o: organization(login: "${org}") { people: membersWithRole(first: 1) { totalCount } } }`,
      ),
    ).toEqual({
      viewer: { login: tokenNamed(github, 'owner').user.login },
      o: { people: { totalCount: 60 } },
    });
  });

  test('counts only what the caller sees, and says what it may not count', async () => {
    const { github } = company();
    const server = await start(github);
    const { organization } = await octokit(server, github, 'stranger').graphql<{
      organization: { repositories: { totalCount: number } };
    }>(counts, { login: org });
    expect(organization.repositories.totalCount).toBe(4);
    expect(await failure(octokit(server, github, 'thin').graphql(counts, { login: org }))).toMatchObject({
      errors: [{ type: 'FORBIDDEN', path: ['organization', 'membersWithRole'] }],
      // What may not be null and is refused takes what it stands in with it.
      data: { organization: null },
    });
  });

  test.each([
    [
      'an organisation that is not there',
      '{ organization(login: "nobody") { login } }',
      { type: 'NOT_FOUND' },
    ],
    [
      'a field that is not there',
      `{ organization(login: "${org}") { wat } }`,
      { message: expect.stringContaining('wat') as string },
    ],
    [
      'an argument that would change the count',
      `{ organization(login: "${org}") { repositories(privacy: PUBLIC) { totalCount } } }`,
      { message: expect.stringContaining('privacy') as string },
    ],
    [
      'a connection without fields',
      `{ organization(login: "${org}") { repositories } }`,
      { message: expect.stringContaining('selection of subfields') as string },
    ],
    [
      'a write',
      'mutation { deleteRepository { id } }',
      { message: expect.stringContaining('mutation') as string },
    ],
    ['half a document', '{ viewer {', { message: expect.stringContaining('Syntax Error') as string }],
    ['a variable without a value', counts, { message: expect.stringContaining('$login') as string }],
  ])('answers %s with errors in a 200', async (_, query, error) => {
    const { github } = company();
    const client = octokit(await start(github), github);
    expect(await failure(client.graphql(query))).toMatchObject({
      name: 'GraphqlResponseError',
      errors: [error],
    });
  });
});

describe('faults', () => {
  const list = `/orgs/${org}/members?per_page=20`;
  async function spoiled(fault: Fault, path = list, rule: Partial<FaultRule> = {}) {
    const { github } = company();
    const server = await start(github);
    const planted = server.faults.add({ fault, ...rule });
    const outcome = await get(server, github, path).catch((error: unknown) => error as { code: string });
    expect(planted.met()).toBe(1);
    server.faults.clear();
    expect((await get(server, github, path)).status).toBe(200);
    return outcome;
  }
  const answered = async (fault: Fault, path?: string) => (await spoiled(fault, path)) as Answer;

  test.each<[string, Fault, string]>([
    ['a connection that drops before the headers', { kind: 'drop', when: 'before-headers' }, 'unreachable'],
    ['a connection that drops after the headers', { kind: 'drop', when: 'after-headers' }, 'cut-off'],
    ['a body that breaks off', { kind: 'cut', where: 'connection' }, 'cut-off'],
    ['a body of which nothing comes', { kind: 'cut', where: 'connection', keep: 0 }, 'cut-off'],
    ['a body that ends inside the gzip stream', { kind: 'cut', where: 'gzip' }, 'cut-off'],
    ['an answer that comes too late', { kind: 'delay', ms: 60_000 }, 'timed-out'],
  ])('%s', async (_, fault, code) => {
    expect(await spoiled(fault)).toMatchObject({ code });
  });

  test('a text that ends early, in an answer that is otherwise whole', async () => {
    const answer = await answered({ kind: 'cut', where: 'text' });
    expect(answer.status).toBe(200);
    expect(() => jsonOf(answer)).toThrow(SyntaxError);
  });

  test('an answer in place of the real one, or a page of a proxy', async () => {
    const instead = await answered({ kind: 'answer', status: 418, headers: { 'x-tea': '1' }, body: 'short' });
    expect([instead.status, instead.headers['x-tea'], textOf(instead)]).toEqual([418, '1', 'short']);
    const page = await answered({ kind: 'not-json' });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(textOf(page)).toMatch(/^<!doctype html>/);
  });

  test('a next page on another host', async () => {
    const { headers } = await answered({ kind: 'foreign-next', origin: 'https://elsewhere.example.com' });
    expect(headers['link']).toMatch(
      /^<https:\/\/elsewhere\.example\.com\/organizations\/\d+\/members\?per_page=20&page=2>; rel="next", <http:\/\/127/,
    );
  });

  test('fields that are changed, null or gone, and lists that are empty', async () => {
    const path = `/orgs/${org}`;
    const key = 'two_factor_requirement_enabled';
    expect(jsonOf(await answered({ kind: 'set', pointer: `/${key}`, value: null }, path))).toMatchObject({
      [key]: null,
    });
    expect(jsonOf(await answered({ kind: 'delete', pointer: `/${key}` }, path))).not.toHaveProperty(key);
    const people = jsonOf(await answered({ kind: 'set', pointer: '/*/id', value: '7' })) as { id: string }[];
    expect(new Set(people.map(({ id }) => id))).toEqual(new Set(['7']));
    expect(jsonOf(await answered({ kind: 'delete', pointer: '/0' }))).toHaveLength(19);
    expect(jsonOf(await answered({ kind: 'set', pointer: '', value: { message: 'x' } }))).toEqual({
      message: 'x',
    });
    expect(jsonOf(await answered({ kind: 'replace', find: /"login"/i, by: '"LOGIN"' }))).toHaveProperty(
      '0.LOGIN',
    );
    const empty = await answered({ kind: 'empty-list' });
    expect([textOf(empty), empty.headers['link']]).toEqual(['[]', undefined]);
  });

  test('meet the requests that they name, from one on, so many times, and then all is well', async () => {
    const { github } = company();
    const server = await start(github);
    const refusal: Fault = { kind: 'answer', status: 500 };
    const planted = server.faults.add({
      match: { method: 'GET', path: /\/members/, headers: { authorization: /^Bearer/ } },
      from: 2,
      times: 2,
      fault: refusal,
    });
    server.faults.add({ match: { method: 'POST', body: /viewer/ }, fault: refusal });
    server.faults.add({ match: { operation: /./ }, fault: refusal });
    const statuses: number[] = [];
    for (const path of ['/user', ...Array.from({ length: 5 }, () => `/orgs/${org}/members`)])
      statuses.push((await get(server, github, path)).status);
    expect(statuses).toEqual([200, 200, 500, 500, 200, 200]);
    expect(planted.met()).toBe(2);
    const client = octokit(server, github);
    expect(await failure(client.graphql('{ viewer { login } }'))).toMatchObject({ status: 500 });
    expect(await failure(client.graphql(`{ organization(login: "${org}") { login } }`))).toBe('no failure');
  });

  test('may come with something that happens in the world, such as somebody leaving between two pages', async () => {
    const { github } = company();
    const server = await start(github);
    const { members } = github.organizations[0]!;
    server.faults.add({
      match: { path: /[?&]page=2/ },
      times: 1,
      fault: { kind: 'delay', ms: 1 },
      meanwhile: () => members.shift(),
    });
    const client = octokit(server, github);
    const seen = await client.paginate(client.rest.orgs.listMembers, { org, per_page: 20 });
    expect(seen).toHaveLength(59);
    expect(new Set(seen.map(({ id }) => id))).not.toContain(members[19]!.id);
  });

  test.each<[string, Fault]>([
    ['a field that is not there', { kind: 'set', pointer: '/9999/id', value: 0 }],
    ['a next page that is not there', { kind: 'foreign-next', origin: 'https://elsewhere.example.com' }],
    ['a text that is not there', { kind: 'replace', find: 'not in it', by: '' }],
  ])('that name %s break the server, so that no test believes in them', async (_, fault) => {
    const { github } = company();
    const server = await startGithub(github, { now: () => night });
    server.faults.add({ fault });
    await expect(get(server, github, `/orgs/${org}/members?per_page=100`)).rejects.toMatchObject({
      code: 'unreachable',
    });
    await expect(server.close()).rejects.toThrow('the stand-in itself broke');
  });

  test('that delay do not hold up the end', async () => {
    const { github } = company();
    const server = await startGithub(github, { now: () => night });
    server.faults.add({ fault: { kind: 'delay', ms: 600_000 } });
    const asking = get(server, github, '/user').catch(() => 'gone');
    while (server.log.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const began = performance.now();
    await server.close();
    await asking;
    expect(performance.now() - began).toBeLessThan(1500);
  });
});

describe('throttling', () => {
  test('is off, and nothing is said of limits, unless asked for', async () => {
    const { github } = company();
    const server = await start(github);
    const answer = await get(server, github, '/user');
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
    expect((await get(server, github, '/rate_limit')).status).toBe(404);
  });

  test('counts the hour, leaves 304 and /rate_limit out, refuses with 403 and forgets after the reset', async () => {
    const { github } = company();
    const clock = { now: night };
    const server = await start(github, { clock, limits: { ...publishedLimits, perHour: 3 } });
    const remaining = ({ headers }: Answer) => headers['x-ratelimit-remaining'];
    const first = await get(server, github, '/user');
    expect(remaining(first)).toBe('2');
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-resource': 'core' });
    const { etag = '' } = first.headers;
    expect(remaining(await get(server, github, '/user', { headers: { 'if-none-match': etag } }))).toBe('2');
    expect(remaining(await get(server, github, '/rate_limit'))).toBe('2');
    await get(server, github, '/user');
    await get(server, github, '/user');
    const refused = await get(server, github, '/user');
    expect([refused.status, remaining(refused), refused.headers['retry-after']]).toEqual([
      403,
      '0',
      undefined,
    ]);
    expect(jsonOf(await get(server, github, '/rate_limit'))).toMatchObject({
      rate: { used: 3, remaining: 0 },
    });
    expect((await get(server, github, '/user', { token: 'member' })).status).toBe(200);
    const reset = Number(refused.headers['x-ratelimit-reset']) * 1000;
    expect(reset - night.getTime()).toBe(3_600_000);
    clock.now = new Date(reset);
    expect((await get(server, github, '/user')).status).toBe(200);
  });

  test('refuses the 901st point of a minute and says when to come back', async () => {
    const { github } = company();
    const clock = { now: night };
    const server = await start(github, { clock, limits: publishedLimits });
    const client = octokit(server, github);
    for (let n = 0; n < 900; n += 1) await client.rest.users.getAuthenticated();
    clock.now = new Date(night.getTime() + 20_000);
    const refused = await get(server, github, '/user');
    expect([refused.status, refused.headers['retry-after']]).toEqual([403, '40']);
    expect(await failure(client.graphql('{ viewer { login } }'))).toBe('no failure');
    clock.now = new Date(night.getTime() + 60_000);
    expect((await get(server, github, '/user')).status).toBe(200);
  });

  test('refuses more than so many at once', async () => {
    const { github } = company();
    const server = await start(github, { limits: { ...publishedLimits, concurrent: 4 } });
    server.faults.add({ fault: { kind: 'delay', ms: 100 } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => get(server, github, '/user')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 403, 403]);
    expect(answers.find(({ status }) => status === 403)?.headers['retry-after']).toBe('60');
    expect(server.peak()).toBe(6);
  });
});

describe('the demo', () => {
  test('starts the whole company with what it takes to sign in to it', async () => {
    const demo = await startDemo({ seed: 3, now: night });
    closing.push(() => demo.close());
    const client = new Octokit({ baseUrl: demo.github.url, auth: demo.github.token });
    expect((await client.rest.orgs.get({ org })).data.two_factor_requirement_enabled).toBe(false);
    const { url, accessKeyId, secretAccessKey, role, externalId } = demo.aws;
    const sts = new STSClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
    });
    const management = demo.company.aws.organization!.managementAccount;
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(management);
    expect([role, externalId]).toEqual(['ExhibitRead', 'exhibit-demo']);
    expect(demo.exceptions).toHaveLength(2);
    expect(demo.systems).toHaveLength(7);
  });
});
