import { Client, ResponseType, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Page, Problem, Session } from '../collector.ts';
import type { Dataset } from '../dataset.ts';
import { asFetch } from '../transport/as-fetch.ts';
import { NetworkFailure } from '../transport/network.ts';
import { Transport, UndeclaredRequest } from '../transport/transport.ts';
import { decode } from './decode.ts';
import { budgetsOf, costOf, width } from './limits.ts';
import { nextPage } from './next-page.ts';
import { failureOf, notUnderstood } from '../problems.ts';
import { applicationIn } from './granted.ts';
import { problemOf } from './problems.ts';
import { retryRule } from './retry.ts';
import { signed } from './signed.ts';
import { lookupsOf } from './lookups.ts';
import { exchangeOf } from './exchange.ts';
import { identityEndpoint } from './managed-identity.ts';
import { ownApplication, previewed, type Config, type Reading, type Request } from './scope.ts';
import { tokensOf } from './token.ts';

/** How a page is asked for. */
interface Asking {
  readonly next: string | null;
  readonly secrets: readonly string[];
  readonly token: string;
}

/** Opens a session that can read under `/v1.0` of this Graph, what of its preview is named, and sign in to this tenant. */
export function connect(config: Config, _: readonly Dataset[], io: Io): Session<Request> {
  const graph = config.url.replace(/\/$/, '');
  const rootOf = (version: Reading['version']) => `${graph}/${version}/`;
  const isPreviewed = (place: string) =>
    place.startsWith(rootOf('beta')) &&
    previewed.some((path) => path.test(place.slice(rootOf('beta').length - 1)));
  const tenant = `${config.authority.replace(/\/$/, '')}/${config.tenant}/`;
  const budgets = budgetsOf(io);
  const own = 'managedIdentity' in config.credential ? identityEndpoint(io.environment) : null;
  const signIn = [`${tenant}v2.0/.well-known/openid-configuration`, `${tenant}oauth2/v2.0/token`];
  const transport = new Transport({
    io,
    origins: [graph, config.authority, ...(own ? [own.origin] : [])],
    plain: own ? [own.origin] : [],
    refuse: ({ method, url }, { credentials }) => {
      const place = `${url.origin}${url.pathname}`;
      if (credentials && own) {
        const declared = method === 'GET' && place === `${own.origin}${own.pathname}`;
        return declared ? null : 'it is not how the machine is asked who it is';
      }
      if (own?.origin === url.origin) return 'the machine is asked for nothing else';
      if (credentials) {
        const declared = method === (place === signIn[1] ? 'POST' : 'GET') && signIn.includes(place);
        return declared ? null : 'it is not how an application signs in';
      }
      if (method !== 'GET') return 'it is not a read';
      const declared = place.startsWith(rootOf('v1.0')) || isPreviewed(place);
      return declared ? null : 'it is outside the API of this source';
    },
    budget: ({ url }, { credentials }) => (credentials ? budgets.identity : budgets[costOf(url).limit]),
    retry: retryRule(io),
    timeoutMs: 60_000,
    maxBytes: 64 * 1024 * 1024,
  });
  const token = tokensOf(config, graph, () => transport, io);
  const { resolver, exchange: mail } = config;
  const lookups = resolver === undefined ? null : lookupsOf(resolver, io);
  const exchange =
    mail === undefined
      ? null
      : exchangeOf(
          mail,
          config,
          io,
          tokensOf(config, mail, () => transport, io),
        );

  const { credential } = config;
  // Which of its identities a machine signs in with its token tells alone.
  const untold = 'managedIdentity' in credential && credential.managedIdentity === 'system-assigned';
  /** The path, with the id of the application that asks where it stands for that; `null` where nothing tells it. */
  const named = (path: string, bearer: string): string | null => {
    if (!path.includes(ownApplication)) return path;
    const id = applicationIn(bearer) ?? (untold ? null : config.clientId);
    return id === null ? null : path.replace(ownApplication, encodeURIComponent(id));
  };

  /** Sends one request through the Graph client and reads its answer from the kept bytes. */
  const once = async (
    what: string,
    { version, path, query, eventual }: Reading,
    { next, secrets, token: bearer }: Asking,
  ): Promise<Page> => {
    const exchanges: Exchange[] = [];
    const came: {
      status: number;
      bytes: Uint8Array | null;
      failure: NetworkFailure | null;
      undeclared: UndeclaredRequest | null;
    } = { status: 0, bytes: null, failure: null, undeclared: null };
    const send: Middleware = {
      async execute(context: Context) {
        // A link is followed as it was given, not as the client would write it anew.
        const url = next ?? String(context.request);
        const { cost } = costOf(new URL(url));
        const fetch = asFetch(transport, {
          operation: null,
          input: null,
          credentials: false,
          secrets,
          cost,
          exchanges,
        });
        try {
          context.response = await fetch(url, {
            method: context.options?.method ?? 'GET',
            headers: {
              accept: 'application/json',
              authorization: `Bearer ${bearer}`,
              ...(eventual ? { consistencylevel: 'eventual' } : {}),
            },
          });
        } catch (error) {
          if (error instanceof NetworkFailure) came.failure = error;
          if (error instanceof UndeclaredRequest) came.undeclared = error;
          throw error;
        }
      },
    };
    const client = Client.initWithMiddleware({
      baseUrl: `${graph}/`,
      defaultVersion: version,
      middleware: send,
    });
    const asked = named(path, bearer);
    if (asked === null) return unnamed(what);
    const options = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const target = next ?? `${asked}${options.length === 0 ? '' : `?${options.join('&')}`}`;
    try {
      const response = (await client.api(target).responseType(ResponseType.RAW).get()) as Response;
      came.status = response.status;
      came.bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      // The client wraps what its middleware throws; the facts noted there tell what it was.
      if (came.undeclared !== null) throw came.undeclared;
      if (came.failure === null) throw error;
    }
    const exchange = exchanges.at(-1) ?? null;
    const asides = exchanges.slice(0, -1);
    if (came.failure !== null || came.bytes === null)
      return { asides, exchange, answer: { ok: false, problem: missing(what, came.failure) } };
    return { asides, exchange, answer: read(what, came.status, came.bytes) };
  };

  return {
    width,
    resumes: (request) => 'path' in request,
    async *pages(request, { secrets, after }) {
      if ('cmdlet' in request) {
        yield* exchange?.(request, secrets) ?? [unset('exchange')];
        return;
      }
      if (!('path' in request)) {
        yield* lookups?.(request) ?? [unset('resolver')];
        return;
      }
      const seen = new Set<string>();
      const what = `GET ${request.path}`;
      let next: string | null = null;
      let last = after;
      for (;;) {
        if (last === undefined) {
          const page: Page = await signed(token, (bearer) =>
            once(what, request, { next, secrets, token: bearer }),
          );
          yield page;
          if (!page.answer.ok) return;
          last = page.answer.value;
        }
        if (!request.paged) return;
        const follow = nextPage(last, rootOf(request.version), seen, what);
        last = undefined;
        if (follow === null) return;
        if (typeof follow !== 'string') {
          yield { asides: [], exchange: null, answer: { ok: false, problem: follow } };
          return;
        }
        next = follow;
      }
    },
    close: () => undefined,
  };
}

function read(what: string, status: number, bytes: Uint8Array): Page['answer'] {
  const decoded = decode({ status, operation: null, contentType: null }, bytes);
  if (decoded.ok) return decoded;
  const answered = status === 200 && decoded.code === null;
  return {
    ok: false,
    problem: answered ? notUnderstood(what, status) : problemOf(what, status, decoded.code),
  };
}

function missing(what: string, failure: NetworkFailure | null): Problem {
  if (failure) return failureOf(what, failure);
  return {
    outcome: 'failed',
    reason: 'unexpected-answer',
    status: 0,
    code: null,
    text: `${what}: there was no answer`,
  };
}

/** A question about whoever asks, of whom nothing tells who that is. */
function unnamed(what: string): Page {
  const text = `${what}: the token does not say which application it is for`;
  const problem: Problem = { outcome: 'failed', reason: 'not-understood', status: 0, code: null, text };
  return { asides: [], exchange: null, answer: { ok: false, problem } };
}

/** A question that there is nobody to put to. */
function unset(setting: string): Page {
  const text = `the setting \`${setting}\` is missing`;
  const problem: Problem = { outcome: 'failed', reason: 'not-asked', status: 0, code: null, text };
  return { asides: [], exchange: null, answer: { ok: false, problem } };
}
