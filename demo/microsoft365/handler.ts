import type { HttpReply, HttpRequest } from '../http.ts';
import { exchangeReply } from './exchange.ts';
import { costOf, Throttle, type M365Limits } from './limits.ts';
import type { Microsoft365Model } from './model.ts';
import { linkFrom, selected, sliceOf } from './query.ts';
import { filtered } from './filter.ts';
import { routeOf, type Asked, type Licence, type Listing } from './route.ts';
import { mayRead, routesOf } from './routes.ts';
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

  const graph = (request: HttpRequest, url: URL, version: string, rest: string): HttpReply => {
    const caller = bearerOf(model, request.headers.authorization, request.at);
    if (!caller) return refusal(request, 401, 'InvalidAuthenticationToken');
    if (request.method !== 'GET') return refusal(request, 405, 'Request_BadRequest');
    const counted = rest.endsWith('/$count');
    const path = counted ? rest.slice(0, -'/$count'.length) : rest;
    const found = routeOf(routes, version === 'beta' ? `beta/${path}` : path);
    if (!found || (counted && !('counts' in found.route && found.route.counts)))
      return refusal(request, 404, 'Request_ResourceNotFound');
    const { route, ids } = found;
    const { searchParams: query } = url;
    const asking = { clientId: caller.clientId, cost: costOf(route.units ?? 1, query), at: request.at };
    const wait = throttle ? throttle.refuses(route.limit, asking) : false;
    if (wait !== false)
      return refusal(request, 429, 'TooManyRequests', wait === null ? {} : { 'retry-after': String(wait) });
    if (!mayRead(caller, route)) return refusal(request, 403, 'Authorization_RequestDenied');
    const dear = 'dear' in route ? asksFor(route.dear, query) : undefined;
    if (dear && !mayRead(caller, dear)) return refusal(request, 403, 'Authorization_RequestDenied');
    const unlicensed = lacking(model, route.needs) ?? lacking(model, dear?.needs);
    if (unlicensed) return refusal(request, unlicensed.status, unlicensed.code);
    const eventual = request.headers['consistencylevel'] === 'eventual';
    const asked: Asked = { model, query, eventual, ids };
    const context = `${url.origin}/${version}/$metadata#${rest}`;
    if ('setting' in route) {
      const setting = route.setting(asked);
      if (!setting) return refusal(request, 404, 'Request_ResourceNotFound');
      const [told] = selected([setting], query, null) ?? [];
      return told
        ? json({ '@odata.context': context, ...told })
        : refusal(request, 400, 'Request_BadRequest');
    }
    return counted ? count(request, route, asked) : page(request, route, asked, url, context);
  };

  return (request) => {
    const url = new URL(request.path, `https://${request.headers.host ?? 'localhost'}`);
    const [, tenant = '', rest = ''] = /^\/([^/]+)\/(.*)$/.exec(url.pathname) ?? [];
    if (rest === 'v2.0/.well-known/openid-configuration' && request.method === 'GET')
      return discovery(model, request, url.origin, tenant);
    if (rest === 'oauth2/v2.0/token' && request.method === 'POST')
      return token(model, request, tenant, `${url.origin}${url.pathname}`);
    const [, asked = null] = /^adminapi\/beta\/([^/]+)\/InvokeCommand$/.exec(rest) ?? [];
    if (tenant === 'exchange' && asked !== null)
      return exchangeReply(model, request, { tenant: asked, origin: url.origin });
    const reply =
      tenant === 'v1.0' || tenant === 'beta'
        ? graph(request, url, tenant, rest)
        : refusal(request, 404, 'Request_ResourceNotFound');
    const ids = { 'request-id': request.id, 'client-request-id': clientIdOf(request) };
    return { ...reply, headers: { ...ids, ...reply.headers } };
  };
}

function page(request: HttpRequest, listing: Listing, asked: Asked, url: URL, context: string): HttpReply {
  const { query, eventual } = asked;
  const slice = sliceOf(query, listing.page, asksFor(listing.dear, query)?.largest);
  const all = listing.items(asked);
  if (!all) return refusal(request, 404, 'Request_ResourceNotFound');
  const items = chosen(all, query.get('$filter'), listing);
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

/** What a question must meet beside the rest, because it selects a property that not every question may. */
function asksFor(dear: Listing['dear'], query: URLSearchParams): Listing['dear'] {
  return dear && query.get('$select')?.split(',').includes(dear.property) ? dear : undefined;
}

type Items = NonNullable<ReturnType<Listing['items']>>;

/** Those that a filter lets through; without one, nothing is rendered to find that out. */
function chosen(items: Items, filter: string | null, { filters = [] }: Listing): Items | null {
  if (filter === null) return items;
  const rendered = filtered(
    items.map((item) => item()),
    filter,
    filters,
  );
  return rendered && rendered.map((item) => () => item);
}

/** How Microsoft refuses a tenant that has not bought something; `null` where it has. */
function lacking({ licences }: Microsoft365Model, needs: Licence | undefined) {
  if (needs === 'p1' && !licences.p1)
    return { status: 403, code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant' };
  if (needs === 'p2' && !licences.p2) return { status: 400, code: 'AadPremiumLicenseRequired' };
  // The code says no more, which is that of a missing permission too.
  if (needs === 'identity-protection' && !licences.p2) return { status: 403, code: 'Forbidden' };
  if (needs === 'intune' && !licences.intune) return { status: 400, code: 'BadRequest' };
  return null;
}

function count(request: HttpRequest, listing: Listing, asked: Asked): HttpReply {
  const all = listing.items(asked);
  const items = all && chosen(all, asked.query.get('$filter'), listing);
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
