import type { HttpReply, HttpRequest } from '../http.ts';
import { costOf, Throttle, type M365Limits } from './limits.ts';
import type { Microsoft365Model } from './model.ts';
import { linkFrom, selected, sliceOf } from './query.ts';
import { mayRead, routesOf, type Asked, type Listing } from './routes.ts';
import { bearerOf, discovery, token } from './token.ts';

export interface Microsoft365Options {
  readonly now: () => Date;
  /** Without it nothing is limited. */
  readonly limits?: M365Limits;
  /** How many rows a page of the registration report has. */
  readonly registrationPage?: number;
}

/** Answers one request as Microsoft Graph and Microsoft Entra would, both at one place. */
export function microsoft365Handler(
  model: Microsoft365Model,
  { limits, registrationPage = 1000 }: Microsoft365Options,
): (request: HttpRequest) => HttpReply {
  const throttle = limits ? new Throttle(limits) : null;
  const routes = routesOf(registrationPage);

  const graph = (request: HttpRequest, url: URL, rest: string): HttpReply => {
    const caller = bearerOf(model, request.headers.authorization, request.at);
    if (!caller) return refusal(request, 401, 'InvalidAuthenticationToken');
    if (request.method !== 'GET') return refusal(request, 405, 'Request_BadRequest');
    const counted = rest.endsWith('/$count');
    const route = routes[counted ? rest.slice(0, -'/$count'.length) : rest];
    if (!route || (counted && !('counts' in route && route.counts)))
      return refusal(request, 404, 'Request_ResourceNotFound');
    const { searchParams: query } = url;
    const asking = { clientId: caller.clientId, cost: costOf(route.units ?? 1, query), at: request.at };
    const wait = throttle ? throttle.refuses(route.limit, asking) : false;
    if (wait !== false)
      return refusal(request, 429, 'TooManyRequests', wait === null ? {} : { 'retry-after': String(wait) });
    if (!mayRead(caller, route)) return refusal(request, 403, 'Authorization_RequestDenied');
    if (route.premium && !model.licences.p1)
      return refusal(request, 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
    const asked: Asked = { model, query, eventual: request.headers['consistencylevel'] === 'eventual' };
    const context = `${url.origin}/v1.0/$metadata#${rest}`;
    if ('setting' in route) return json({ '@odata.context': context, ...route.setting(asked) });
    return counted ? count(request, route, asked) : page(request, route, asked, url, context);
  };

  return (request) => {
    const url = new URL(request.path, `https://${request.headers.host ?? 'localhost'}`);
    const [, tenant = '', rest = ''] = /^\/([^/]+)\/(.*)$/.exec(url.pathname) ?? [];
    if (rest === 'v2.0/.well-known/openid-configuration' && request.method === 'GET')
      return discovery(model, request, url.origin, tenant);
    if (rest === 'oauth2/v2.0/token' && request.method === 'POST')
      return token(model, request, tenant, `${url.origin}${url.pathname}`);
    const reply =
      tenant === 'v1.0' ? graph(request, url, rest) : refusal(request, 404, 'Request_ResourceNotFound');
    const ids = { 'request-id': request.id, 'client-request-id': clientIdOf(request) };
    return { ...reply, headers: { ...ids, ...reply.headers } };
  };
}

function page(request: HttpRequest, listing: Listing, asked: Asked, url: URL, context: string): HttpReply {
  const { query, eventual } = asked;
  const slice = sliceOf(query, listing.page);
  const items = listing.items(asked);
  if (!slice || !items) return refusal(request, 400, 'Request_UnsupportedQuery');
  const end = slice.from + slice.size;
  const whole = items.slice(slice.from, end).map((item) => item());
  const value = selected(whole, query, listing.usual ?? null);
  if (!value) return refusal(request, 400, 'Request_BadRequest');
  const [select, expand] = [query.get('$select'), query.get('$expand')];
  const shape = select === null ? (expand === null ? '' : `(${expand}())`) : `(${select})`;
  // Without the header Graph leaves the count out and says nothing of it; with it, only the first page has it.
  // https://learn.microsoft.com/graph/query-parameters#count
  const counts = listing.counts === true && eventual && query.get('$count') === 'true' && slice.from === 0;
  return json({
    '@odata.context': context + shape,
    ...(counts ? { '@odata.count': items.length } : {}),
    ...(end < items.length ? { '@odata.nextLink': linkFrom(url, end) } : {}),
    value,
  });
}

function count(request: HttpRequest, listing: Listing, asked: Asked): HttpReply {
  const items = listing.items(asked);
  // https://learn.microsoft.com/graph/aad-advanced-queries#error-handling-for-advanced-queries-on-directory-objects
  if (!asked.eventual || !items) return refusal(request, 400, 'Request_BadRequest');
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(items.length) };
}

/** What whoever asks calls the request: their own name of it comes back to them. */
function clientIdOf({ id, headers }: HttpRequest): string {
  const given = headers['client-request-id'];
  return typeof given === 'string' ? given : id;
}

/** https://learn.microsoft.com/graph/errors */
function refusal(
  request: HttpRequest,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  const innerError = {
    date: request.at.toISOString().slice(0, 19),
    'request-id': request.id,
    'client-request-id': clientIdOf(request),
  };
  return json({ error: { code, message: 'The request was refused.', innerError } }, status, headers);
}

function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): HttpReply {
  const type =
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  return { status, headers: { 'content-type': type, ...headers }, body: JSON.stringify(value) };
}
