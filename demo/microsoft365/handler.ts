import type { HttpReply, HttpRequest } from '../http.ts';
import { Throttle, type M365Limits } from './limits.ts';
import type { Microsoft365Model } from './model.ts';
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

  return (request) => {
    const origin = `https://${request.headers.host ?? 'localhost'}`;
    const url = new URL(request.path, origin);
    const graph = (reply: HttpReply): HttpReply => ({
      ...reply,
      headers: { 'request-id': request.id, 'client-request-id': request.id, ...reply.headers },
    });
    const [, tenant = '', rest = ''] = /^\/([^/]+)\/(.*)$/.exec(url.pathname) ?? [];
    if (rest === 'v2.0/.well-known/openid-configuration' && request.method === 'GET')
      return discovery(origin, tenant);
    if (rest === 'oauth2/v2.0/token' && request.method === 'POST')
      return token(model, request, tenant, `${origin}${url.pathname}`);
    if (tenant !== 'v1.0') return graph(refusal(request, 404, 'ResourceNotFound'));

    const caller = bearerOf(model, request.headers.authorization, request.at);
    if (!caller) return graph(refusal(request, 401, 'InvalidAuthenticationToken'));
    if (request.method !== 'GET') return graph(refusal(request, 405, 'Request_BadRequest'));
    const counted = rest.endsWith('/$count');
    const route = routes[counted ? rest.slice(0, -'/$count'.length) : rest];
    if (!route || (counted && !('counts' in route && route.counts)))
      return graph(refusal(request, 404, 'Request_ResourceNotFound'));
    const wait = throttle ? throttle.refuses(route.limit, request.at) : false;
    if (wait !== false) {
      const headers: Record<string, string> = wait === null ? {} : { 'retry-after': String(wait) };
      return graph(refusal(request, 429, 'TooManyRequests', headers));
    }
    if (!mayRead(caller, route)) return graph(refusal(request, 403, 'Authorization_RequestDenied'));
    if (route.premium && !model.licences.p1)
      return graph(refusal(request, 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'));
    const eventual = request.headers['consistencylevel'] === 'eventual';
    const asked: Asked = { model, query: url.searchParams, eventual };
    const context = `${origin}/v1.0/$metadata#${rest}`;
    if ('setting' in route) return graph(json({ '@odata.context': context, ...route.setting(asked) }));
    return graph(counted ? count(request, route, asked) : page(request, route, asked, url, context));
  };
}

function page(request: HttpRequest, listing: Listing, asked: Asked, url: URL, context: string): HttpReply {
  const items = listing.items(asked);
  const { query } = asked;
  const size = sizeOf(query.get('$top'), listing.page);
  const from = offsetOf(query.get('$skiptoken'));
  if (size === null || from === null) return refusal(request, 400, 'Request_UnsupportedQuery');
  const next = new URL(url);
  next.searchParams.set('$skiptoken', Buffer.from(String(from + size)).toString('base64url'));
  return json({
    '@odata.context': context,
    // Without the header Graph leaves the count out and says nothing of it.
    ...(query.get('$count') === 'true' && asked.eventual ? { '@odata.count': items.length } : {}),
    ...(from + size < items.length ? { '@odata.nextLink': next.href } : {}),
    value: items.slice(from, from + size).map((item) => item()),
  });
}

function count(request: HttpRequest, listing: Listing, asked: Asked): HttpReply {
  if (!asked.eventual) return refusal(request, 400, 'Request_UnsupportedQuery');
  const { length } = listing.items(asked);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(length) };
}

function sizeOf(top: string | null, { largest, usual }: Listing['page']): number | null {
  if (top === null) return usual;
  const size = Number(top);
  return Number.isInteger(size) && size > 0 && size <= largest ? size : null;
}

function offsetOf(skipToken: string | null): number | null {
  if (skipToken === null) return 0;
  const text = Buffer.from(skipToken, 'base64url').toString();
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** https://learn.microsoft.com/graph/errors */
function refusal(
  { id, at }: Pick<HttpRequest, 'id' | 'at'>,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  const innerError = { date: at.toISOString().slice(0, 19), 'request-id': id, 'client-request-id': id };
  return json({ error: { code, message: 'The request was refused.', innerError } }, status, headers);
}

function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): HttpReply {
  const type =
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  return { status, headers: { 'content-type': type, ...headers }, body: JSON.stringify(value) };
}
