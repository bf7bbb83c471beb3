import { Octokit } from '@octokit/rest';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Page, Problem, Session } from '../collector.ts';
import type { Dataset } from '../dataset.ts';
import { failureOf, notUnderstood } from '../problems.ts';
import { asFetch } from '../transport/as-fetch.ts';
import { Budget } from '../transport/budget.ts';
import { NetworkFailure, type Answer } from '../transport/network.ts';
import { Transport, UndeclaredRequest, type Call } from '../transport/transport.ts';
import { tokenPath, tokensOf } from './credentials.ts';
import { decode } from './decode.ts';
import { cursorIn, nextPage } from './next-page.ts';
import { graphqlProblem, problemOf } from './problems.ts';
import { declaredQueries, graphqlText } from './queries.ts';
import { retryRule } from './retry.ts';
import type { Config, Request } from './scope.ts';

/** How many repositories are read at once; GitHub's own limit is 100 requests at a time. */
const width = 16;

/**
 * Below what GitHub publishes: 900 points a minute for one end point, where a read is one point, and 100 at a time.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const pace = { perSecond: 14, burst: 400, width };

/** Opens a session that can read what these datasets declare, and nothing else. */
export function connect(config: Config, datasets: readonly Dataset[], io: Io): Session<Request> {
  const base = new URL(config.url);
  const prefix = base.pathname.replace(/\/$/, '');
  const root = `${base.origin}${prefix}`;
  // GitHub Enterprise Server has its REST API at /api/v3 and GraphQL beside it, not below.
  // https://docs.github.com/enterprise-server/graphql/guides/forming-calls-with-graphql#the-graphql-endpoint
  const graphqlPath = `${prefix.replace(/\/v3$/, '')}/graphql`;
  const queries = declaredQueries(datasets);
  const budget = new Budget(pace, io);
  const transport = new Transport({
    io,
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
    budget: () => budget,
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
  ): Promise<Page & { readonly link: string | null }> => {
    const token = await tokens();
    if (!token.ok) {
      const [exchange = null, ...others] = token.exchanges.toReversed();
      return { asides: others.toReversed(), exchange, link: null, answer: token };
    }
    const exchanges: Exchange[] = [...token.exchanges];
    const before = exchanges.length;
    const came: { answer: Answer | null; failure: Problem | null } = { answer: null, failure: null };
    const fetch = asFetch(transport, { ...call, credentials: false, cost: 1, exchanges });
    try {
      await send(
        async (input, init) => {
          try {
            const response = await fetch(input, init);
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
    if (came.failure !== null || came.answer === null || exchange === null)
      return { asides, exchange, link: null, answer: { ok: false, problem: came.failure ?? nothing(what) } };
    return { asides, exchange, ...read(what, came.answer, exchange) };
  };

  async function* rest(
    request: Extract<Request, { path: string }>,
    secrets: readonly string[],
  ): AsyncIterable<Page> {
    const seen = new Set<string>();
    const what = `GET ${request.path}`;
    let url: string | null = null;
    for (;;) {
      const target: string = url ?? `GET ${request.path}`;
      const parameters = url === null ? request.parameters : {};
      const page: Page & { readonly link: string | null } = await ask(
        what,
        (fetch, headers) =>
          octokit.request(target, { ...parameters, headers, request: { fetch, redirect: 'manual' } }),
        { operation: null, input: null, secrets },
      );
      const { link, ...rest } = page;
      yield rest;
      if (!page.answer.ok || !request.paged) return;
      const { value } = page.answer;
      const items = Array.isArray(value) ? value.length : null;
      const asked = page.exchange?.url ?? '';
      const next = nextPage({ url: asked, link, items }, `${root}/`, seen, what);
      if (next === null) return;
      if (typeof next !== 'string') {
        yield { asides: [], exchange: null, answer: { ok: false, problem: next } };
        return;
      }
      url = `GET ${next}`;
    }
  }

  async function* graphql(
    { query, variables, connection }: Extract<Request, { query: string }>,
    secrets: readonly string[],
    last: unknown,
  ): AsyncIterable<Page> {
    const what = 'POST /graphql';
    const seen = new Set<string>();
    const behind = (value: unknown) =>
      connection === undefined ? null : cursorIn(value, connection, seen, what);
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
    // Pages of REST are counted off, and what moves meanwhile would be read twice or not at all.
    resumes: (request) => 'query' in request,
    pages: (request, { secrets, after }) =>
      'path' in request ? rest(request, secrets) : graphql(request, secrets, after),
    close: () => undefined,
  };
}

function read(
  what: string,
  answer: Answer,
  exchange: Exchange,
): Pick<Page, 'answer'> & { readonly link: string | null } {
  const link = answer.headers['link'] ?? null;
  if (answer.status !== 200) return { link, answer: { ok: false, problem: problemOf(what, answer) } };
  const decoded = decode(answer, answer.bytes);
  return decoded.ok
    ? { link, answer: decoded }
    : { link, answer: { ok: false, problem: notUnderstood(what, exchange.status) } };
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
