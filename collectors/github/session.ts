import { Octokit } from '@octokit/rest';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Known, Page, Problem, Session } from '../collector.ts';
import type { Dataset } from '../dataset.ts';
import { failureOf } from '../problems.ts';
import { asFetch } from '../transport/as-fetch.ts';
import { Budget } from '../transport/budget.ts';
import { NetworkFailure, type Answer } from '../transport/network.ts';
import { Transport, UndeclaredRequest, type Call } from '../transport/transport.ts';
import { missingIn } from './app-permissions.ts';
import { tokenPath, tokensOf, type Token } from './credentials.ts';
import { Hourly } from './hourly.ts';
import { cursorIn, movedTo, nextPage } from './next-page.ts';
import { graphqlProblem } from './problems.ts';
import { declaredQueries, graphqlText } from './queries.ts';
import { retryRule } from './retry.ts';
import type { Config, Query, Request } from './scope.ts';
import { after, read, repeated, silence, type Told } from './told.ts';

type Options = Parameters<Session<Request>['pages']>[1];

/** How many repositories are read at once; GitHub's own limit is 100 requests at a time. */
const width = 16;

/**
 * Below what GitHub publishes, in any minute: 900 points of REST and 2,000 of GraphQL, where a read is one point, and
 * 100 at a time. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const pace = {
  core: { perSecond: 7, burst: 420, width },
  graphql: { perSecond: 25, burst: 400, width },
};

/** Opens a session that can read what these datasets declare, and nothing else. */
export function connect(config: Config, datasets: readonly Dataset[], io: Io): Session<Request> {
  const base = new URL(config.url);
  const prefix = base.pathname.replace(/\/$/, '');
  const root = `${base.origin}${prefix}`;
  // GitHub Enterprise Server has its REST API at /api/v3 and GraphQL beside it, not below.
  // https://docs.github.com/enterprise-server/graphql/guides/forming-calls-with-graphql#the-graphql-endpoint
  const graphqlPath = `${prefix.replace(/\/v3$/, '')}/graphql`;
  const queries = declaredQueries(datasets);
  const budgets = { core: budgetOf(pace.core, io), graphql: budgetOf(pace.graphql, io) };
  const resourceOf = ({ url }: { readonly url: URL }) => (url.pathname === graphqlPath ? 'graphql' : 'core');
  const listening: Io = {
    ...io,
    network: {
      send: async (request, options) => {
        const answer = await io.network.send(request, options);
        budgets[resourceOf(request)].told(answer.headers);
        return answer;
      },
      close: () => io.network.close(),
    },
  };
  const transport = new Transport({
    io: listening,
    origins: [base.origin],
    refuse: ({ method, url, body }) => {
      const { pathname } = url;
      const query = method === 'POST' && pathname === graphqlPath;
      if (!pathname.startsWith(`${prefix}/`) && !query) return 'it is outside the API of this source';
      if (method === 'GET' || method === 'HEAD') return null;
      if (config.app && body === null && tokenPath.test(pathname.slice(prefix.length))) return null;
      if (!query) return 'only a declared query may be posted';
      return queries.has(graphqlText(body) ?? '') ? null : 'no dataset declares this query';
    },
    budget: (request) => budgets[resourceOf(request)],
    retry: retryRule(io),
    timeoutMs: 30_000,
    maxBytes: 64 * 1024 * 1024,
  });
  const tokens = tokensOf(config, { root, transport, io });
  const octokit = new Octokit({
    baseUrl: root,
    userAgent: 'exhibit',
    // GitHub's versions of its REST API: https://docs.github.com/rest/about-the-rest-api/api-versions
    request: { headers: { 'x-github-api-version': '2022-11-28' } },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  octokit.hook.before('request', ({ method, url }) => {
    if (
      method !== 'GET' &&
      method !== 'HEAD' &&
      !(method === 'POST' && url === `${base.origin}${graphqlPath}`)
    )
      throw new UndeclaredRequest(`${method} ${url}: it is not a read`);
  });

  /** Sends one request and reads its answer from the kept bytes. */
  const ask = async (
    what: string,
    send: (fetch: typeof globalThis.fetch, headers: { authorization: string }) => Promise<unknown>,
    call: Omit<Call, 'exchanges' | 'credentials' | 'cost'>,
    {
      permissions,
      known: recall,
      ofEnterprise,
    }: Pick<Options, 'permissions' | 'known'> & Pick<Query, 'ofEnterprise'>,
  ): Promise<Told> => {
    const token: Token = ofEnterprise
      ? { ok: true, value: config.enterprise?.token ?? '', granted: null, exchanges: [] }
      : await tokens();
    if (!token.ok) {
      const [exchange = null, ...others] = token.exchanges.toReversed();
      return { asides: others.toReversed(), exchange, ...silence, answer: token };
    }
    // GitHub answers an App without a permission with 404 as well as with 403. What it was given is known beforehand.
    const missing = token.granted === null ? [] : missingIn(token.granted, permissions);
    if (missing.length > 0) {
      const problem = ungranted(what, missing);
      return { asides: token.exchanges, exchange: null, ...silence, answer: { ok: false, problem } };
    }
    const exchanges: Exchange[] = [...token.exchanges];
    const before = exchanges.length;
    const came: { answer: Answer | null; failure: Problem | null; known: Known | null } = {
      answer: null,
      failure: null,
      known: null,
    };
    const fetch = asFetch(transport, { ...call, credentials: false, cost: 1, exchanges });
    try {
      await send(
        async (input, init) => {
          try {
            // An App's tokens live for an hour, and what GitHub knows an answer again by is bound to the token.
            const url = typeof input === 'string' ? input : '';
            came.known = config.app === undefined ? ((await recall?.(url)) ?? null) : null;
            const conditional = new Headers(init?.headers);
            if (came.known !== null) conditional.set('if-none-match', came.known.etag);
            const response = await fetch(input, { ...init, headers: conditional });
            const bytes = new Uint8Array(await response.clone().arrayBuffer());
            came.answer = { status: response.status, headers: Object.fromEntries(response.headers), bytes };
            return response;
          } catch (error) {
            if (error instanceof NetworkFailure) came.failure = failureOf(what, error);
            throw error;
          }
        },
        { authorization: `token ${token.value}` },
      );
    } catch (error) {
      // Octokit wraps what its fetch throws and what it dislikes in an answer; the facts above tell the two apart.
      const undeclared = undeclaredIn(error);
      if (undeclared) throw undeclared;
      if (came.failure === null && came.answer === null) throw error;
    }
    const exchange = exchanges.length > before ? (exchanges.at(-1) ?? null) : null;
    const asides = exchange === null ? exchanges : exchanges.slice(0, -1);
    const { known } = came;
    if (came.answer?.status === 304 && known !== null && exchange !== null) {
      // It still is what it was: the artifact of then is cited, and where the listing goes on is told anew.
      const again = { ...exchange, artifact: known.artifact, redacted: [...known.redacted] };
      return {
        asides,
        exchange: again,
        ...read(what, { ...came.answer, status: 200, bytes: known.bytes }, again),
      };
    }
    if (came.failure !== null || came.answer === null || exchange === null)
      return { asides, exchange, ...silence, answer: { ok: false, problem: came.failure ?? nothing(what) } };
    return { asides, exchange, ...read(what, came.answer, exchange) };
  };

  async function* rest(
    request: Extract<Request, { path: string }>,
    { secrets, permissions, known }: Options,
  ): AsyncIterable<Page> {
    const seen = new Set<string>();
    const what = `GET ${request.path}`;
    const get = (target: string, parameters: Readonly<Record<string, string | number>>) =>
      ask(
        what,
        (fetch, headers) =>
          octokit.request(`GET ${target}`, {
            ...parameters,
            headers,
            request: { fetch, redirect: 'manual' },
          }),
        { operation: null, input: null, secrets },
        { permissions, known },
      );
    let url: string | null = null;
    let before: string | null = null;
    for (;;) {
      const first: Told = await get(url ?? request.path, url === null ? request.parameters : {});
      // Whatever was renamed since it was listed has the same number, and GitHub leads there.
      const moved = first.exchange && movedTo(first.exchange, first.location, `${root}/`);
      const page = moved === null ? first : after(first, await get(moved, {}));
      const { link, asides, exchange, answer } = page;
      // Where the number of a page counts for nothing, every page is the first one.
      const same =
        answer.ok && before !== null && exchange?.artifact === before && sizeOf(answer.value) !== 0;
      yield { asides, exchange, answer: same ? { ok: false, problem: repeated(what) } : answer };
      if (same) return;
      before = exchange?.artifact ?? null;
      if (!page.answer.ok || !request.paged) return;
      const items = request.paged === 'number' ? sizeOf(page.answer.value) : null;
      const asked = page.exchange?.url ?? '';
      const next = nextPage({ url: asked, link, items }, `${root}/`, seen, what);
      if (next === null) return;
      if (typeof next !== 'string') {
        yield { asides: [], exchange: null, answer: { ok: false, problem: next } };
        return;
      }
      url = next;
    }
  }

  async function* graphql(
    { query, variables, connection, until, ofEnterprise }: Query,
    { secrets, permissions, after: last }: Options,
  ): AsyncIterable<Page> {
    const what = 'POST /graphql';
    const seen = new Set<string>();
    const behind = (value: unknown) =>
      connection === undefined ? null : cursorIn(value, { connection, ...(until && { until }) }, seen, what);
    let after = last === undefined ? undefined : behind(last);
    while (after === undefined || typeof after === 'string') {
      const asked = after === undefined ? variables : { ...variables, after };
      const { asides, exchange, answer } = await ask(
        what,
        (fetch, headers) =>
          octokit.request(`POST ${base.origin}${graphqlPath}`, {
            query,
            variables: asked,
            headers,
            request: { fetch, redirect: 'manual' },
          }),
        { operation: query, input: { ...asked }, secrets },
        { permissions, ...(ofEnterprise && { ofEnterprise }) },
      );
      const problem = answer.ok ? graphqlProblem(what, answer.value) : null;
      yield { asides, exchange, answer: problem === null ? answer : { ok: false, problem } };
      if (problem !== null || !answer.ok) return;
      after = behind(answer.value);
    }
    if (after !== null) yield { asides: [], exchange: null, answer: { ok: false, problem: after } };
  }

  return {
    width,
    recalls: config.app === undefined,
    // Pages of REST are counted off, and what moves meanwhile would be read twice or not at all. So it is with what is
    // listed by when it was last touched.
    resumes: (request) => 'query' in request && request.until === undefined,
    pages: (request, options) => ('path' in request ? rest(request, options) : graphql(request, options)),
    close: () => undefined,
  };
}

/** The pace of one of GitHub's two budgets, and what it says is left of the hour. */
function budgetOf(limits: (typeof pace)['core'], io: Io) {
  const budget = new Budget(limits, io);
  const hourly = new Hourly(io);
  return {
    told: (headers: Answer['headers']) => hourly.told(headers),
    async take(cost: number, signal: AbortSignal): Promise<() => void> {
      const release = await budget.take(cost, signal);
      try {
        const over = await hourly.take(signal);
        return () => {
          over();
          release();
        };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

/** How many items a listing gave; `null` where the answer is no plain list. */
function sizeOf(value: unknown): number | null {
  return Array.isArray(value) ? value.length : null;
}

function undeclaredIn(error: unknown): UndeclaredRequest | null {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof UndeclaredRequest) return at;
  return null;
}

function nothing(what: string): Problem {
  return {
    outcome: 'failed',
    reason: 'unexpected-answer',
    status: 0,
    code: null,
    text: `${what}: there was no answer`,
  };
}

/** An App that was not given what a reading needs is not asked to try. */
function ungranted(what: string, missing: readonly string[]): Problem {
  return {
    outcome: 'denied',
    reason: 'permission-missing',
    status: 0,
    code: null,
    text: `${what}: the installation of the App was not given ${missing.join(' and ')}`,
    grant: missing,
  };
}
