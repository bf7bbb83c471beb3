import { router, type HttpReply, type HttpRequest } from '../http.ts';
import { appReply } from './apps.ts';
import { tokenOf } from './callers.ts';
import { Throttle, type GithubLimits, type Resource } from './limits.ts';
import type { GithubModel } from './model.ts';
import { notFound, problem } from './replies.ts';
import { routes } from './routes.ts';

export interface GithubOptions {
  readonly now: () => Date;
  /** Without it nothing is limited and nothing said of limits, as on GitHub Enterprise Server where they are off. */
  readonly limits?: GithubLimits;
  /** Where GitHub Enterprise Server has its API; GraphQL is beside it. */
  readonly root?: '/api/v3';
}

/** Answers one request as api.github.com would. All that lasts between requests is the counting of limits. */
export function githubHandler(
  model: GithubModel,
  { limits, root }: GithubOptions,
): (request: HttpRequest) => HttpReply {
  const throttle = limits ? new Throttle(limits) : null;
  const find = router(routes(model, throttle));

  return (came) => {
    const request = root === undefined ? came : { ...came, path: below(root, came.path) };
    const api = `http://${request.headers.host ?? 'localhost'}${root ?? ''}`;
    const { pathname, searchParams: query } = new URL(request.path, 'http://localhost');
    const common = {
      'x-github-request-id': request.id,
      'x-github-media-type': 'github.v3; format=json',
      'x-content-type-options': 'nosniff',
    };
    const dressed = (reply: HttpReply, more: Readonly<Record<string, string>> = {}): HttpReply => ({
      ...reply,
      headers: { ...common, ...more, ...reply.headers },
    });
    // https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#user-agent-required
    if ((request.headers['user-agent'] ?? '') === '')
      return dressed(problem(403, 'Request forbidden by administrative rules.'));
    const asApp = appReply(model, request);
    if (asApp) return dressed(asApp);
    const token = tokenOf(model, request.headers.authorization, request.at);
    if (token === 'unknown') return dressed(problem(401, 'Bad credentials'));
    // The real thing shows strangers what is public. Nobody collects evidence without a token.
    if (token === null) return dressed(problem(401, 'Requires authentication'));

    const resource: Resource = pathname === '/graphql' ? 'graphql' : 'core';
    const free = pathname === '/rate_limit';
    const refusal = throttle?.refusal(token, request, resource, free);
    const reply = refusal ?? (find(request.method, pathname) ?? notFound)({ request, token, api, query });
    const told = reply.headers['etag'];
    const asked = request.headers['if-none-match'];
    const answer =
      reply.status === 200 && told !== undefined && asked?.split(/, */).includes(told) === true
        ? {
            status: 304,
            // Where a listing goes on may change though its page does not.
            headers: { etag: told, ...(reply.headers['link'] ? { link: reply.headers['link'] } : {}) },
            body: '',
          }
        : reply;
    // https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
    const counts = !free && !refusal && answer.status !== 304;
    return dressed(answer, {
      ...throttle?.headers(token, request, resource, counts),
      ...(token.form === 'classic' ? { 'x-oauth-scopes': 'admin:org, repo' } : {}),
      ...(token.expiresAt === null ? {} : { 'github-authentication-token-expiration': token.expiresAt }),
    });
  };
}

/** The path as github.com has it; what is elsewhere leads nowhere. */
function below(root: string, path: string): string {
  if (path.startsWith(root)) return path.slice(root.length);
  return path === root.replace(/v3$/, 'graphql') ? '/graphql' : '/nowhere';
}
