import { startHttp, type HttpServer } from '../http.ts';
import { misbehave, type Faults } from '../misbehave.ts';
import { githubHandler, type GithubOptions } from './handler.ts';
import type { GithubModel } from './model.ts';

/** The synthetic GitHub behind a real HTTP server on loopback: REST at its root, GraphQL at `/graphql`. */
export function startGithub(
  model: GithubModel,
  { faults = misbehave(), ...options }: GithubOptions & { readonly faults?: Faults },
): Promise<HttpServer> {
  return startHttp(githubHandler(model, options), {
    now: options.now,
    faults,
    requestIdOf: (n) => `E4B1:2F3A:${n.toString(16).toUpperCase().padStart(8, '0')}`,
  });
}
