import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const titles = {
  400: 'The request is not understood',
  401: 'A bearer token is needed',
  404: 'There is no such thing',
  409: 'It is not ready',
  410: 'It is gone',
  413: 'The request is too large',
  500: 'Exhibit itself failed',
} as const;

/** An error in the form of RFC 9457. The detail is for people and holds no secrets. */
export function problem(
  context: Context,
  status: keyof typeof titles & ContentfulStatusCode,
  detail: string,
): Response {
  const body = { type: 'about:blank', title: titles[status], status, detail };
  return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}
