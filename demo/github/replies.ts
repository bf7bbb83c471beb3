import { createHash } from 'node:crypto';
import type { HttpReply } from '../http.ts';

/** An answer as GitHub's REST API writes it. */
export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): HttpReply {
  const body = JSON.stringify(value);
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      etag: `W/"${createHash('sha256').update(body).digest('hex')}"`,
      'cache-control': 'private, max-age=60, s-maxage=60',
      vary: 'Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With',
      ...headers,
    },
    body,
  };
}

/** An error as GitHub's REST API writes it: the status is in the body too, as text. */
export function problem(
  status: number,
  message: string,
  page = '',
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  const body = { message, documentation_url: `https://docs.github.com/rest${page}`, status: String(status) };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * The refusal of a secondary rate limit. GitHub does not always say for how long:
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function secondaryLimit(retryAfter: number | null, status: 403 | 429 = 403): HttpReply {
  return problem(
    status,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    '/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
  );
}

export const notFound = () => problem(404, 'Not Found');

/** Leads from where something was to where it is by its number; the rest of the address stays as it was asked. */
export function moved(
  { request, api }: { readonly request: { readonly path: string }; readonly api: string },
  from: string,
  to: string,
): HttpReply {
  const url = `${api}${to}${request.path.slice(from.length)}`;
  return {
    status: 301,
    headers: { 'content-type': 'application/json; charset=utf-8', location: url },
    body: JSON.stringify({
      message: 'Moved Permanently',
      url,
      documentation_url: 'https://docs.github.com/rest',
    }),
  };
}

/** Some items of a list. */
export interface Slice<T> {
  readonly items: readonly T[];
  readonly link: Readonly<Record<string, string>>;
}

/**
 * One page of a list, with the Link header that GitHub gives. Its links do not go to the path that was asked but to
 * one by number (`/organizations/1/members`), and keep the query as it was.
 * https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function pageOf<T>(
  list: Iterable<T>,
  query: URLSearchParams,
  address: string,
  wanted: (item: T) => boolean = () => true,
): Slice<T> {
  const size = Math.min(whole(query.get('per_page')) ?? 30, 100);
  const page = whole(query.get('page')) ?? 1;
  const from = (page - 1) * size;
  const items: T[] = [];
  let total = 0;
  for (const item of list) {
    if (!wanted(item)) continue;
    if (total >= from && total < from + size) items.push(item);
    total += 1;
  }
  const last = Math.max(1, Math.ceil(total / size));
  const to = (n: number) => {
    const there = new URLSearchParams(query);
    there.set('page', String(n));
    return `<${address}?${there.toString()}>`;
  };
  const links = [
    ...(page > 1 ? [`${to(Math.min(page - 1, last))}; rel="prev"`] : []),
    ...(page < last ? [`${to(page + 1)}; rel="next"`, `${to(last)}; rel="last"`] : []),
    ...(page > 1 ? [`${to(1)}; rel="first"`] : []),
  ];
  return { items, link: links.length === 0 ? {} : { link: links.join(', ') } };
}

/** One page of a list that goes on by cursor, such as https://docs.github.com/rest/dependabot/alerts */
export function cursorPageOf<T>(list: readonly T[], query: URLSearchParams, address: string): Slice<T> {
  const size = Math.min(whole(query.get('per_page')) ?? 30, 100);
  const from = Number(Buffer.from(query.get('after') ?? '', 'base64url').toString() || 0);
  const next = new URLSearchParams(query);
  next.set('after', Buffer.from(String(from + size)).toString('base64url'));
  return {
    items: list.slice(from, from + size),
    link: from + size < list.length ? { link: `<${address}?${next.toString()}>; rel="next"` } : {},
  };
}

function whole(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
