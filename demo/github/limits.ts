import type { HttpReply, HttpRequest } from '../http.ts';
import type { GithubToken } from './model.ts';
import { problem, secondaryLimit } from './replies.ts';

export type Resource = 'core' | 'graphql';

/** How much one user may ask. */
export interface GithubLimits {
  /** Requests (points, for GraphQL) in an hour. */
  readonly perHour: number;
  /** Points in a minute, for REST and for GraphQL. A read is one point, a write five. */
  readonly perMinute: Readonly<Record<Resource, number>>;
  /** Requests at once, REST and GraphQL together. */
  readonly concurrent: number;
  /** Seconds that a refusal for too many at once asks to wait; `null` says nothing of it, at no refusal. */
  readonly retryAfter: number | null;
}

/**
 * What GitHub publishes for a user's token. How long it asks to wait, it does not publish.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export const publishedLimits: GithubLimits = {
  perHour: 5000,
  perMinute: { core: 900, graphql: 2000 },
  concurrent: 100,
  retryAfter: 60,
};

interface Window {
  used: number;
  endsAt: number;
}

/** Counts what each user asks, by the times handed in, and refuses what is one too many. */
export class Throttle {
  readonly #limits: GithubLimits;
  readonly #hours = new Map<string, Window>();
  readonly #minutes = new Map<string, { at: number; points: number }[]>();

  constructor(limits: GithubLimits) {
    this.#limits = limits;
  }

  /** Why this request is one too many; `null` where it is not, and then it is counted towards the minute. */
  refusal(
    { user }: GithubToken,
    { method, at, concurrent }: HttpRequest,
    resource: Resource,
    free: boolean,
  ): HttpReply | null {
    const { perHour, perMinute, retryAfter } = this.#limits;
    const now = at.getTime();
    if (concurrent > this.#limits.concurrent) return secondaryLimit(retryAfter);
    const hour = this.#hour(user.login, resource, now);
    if (!free && hour.used >= perHour)
      return problem(
        403,
        `API rate limit exceeded for user ID ${user.id}.`,
        '/overview/rate-limits-for-the-rest-api',
      );
    const points = resource === 'graphql' || method === 'GET' || method === 'HEAD' ? 1 : 5;
    const key = JSON.stringify([user.login, resource]);
    const recent = (this.#minutes.get(key) ?? []).filter(({ at: then }) => then > now - 60_000);
    this.#minutes.set(key, recent);
    const used = recent.reduce((sum, each) => sum + each.points, 0);
    const first = recent[0];
    if (used + points > perMinute[resource])
      return secondaryLimit(
        retryAfter === null || !first ? retryAfter : Math.max(1, Math.ceil((first.at + 60_000 - now) / 1000)),
      );
    recent.push({ at: now, points });
    return null;
  }

  /** Counts an answer towards the hour, and says what is left of it. */
  headers(
    { user }: GithubToken,
    { at }: HttpRequest,
    resource: Resource,
    counts: boolean,
  ): Record<string, string> {
    const hour = this.#hour(user.login, resource, at.getTime());
    if (counts) hour.used += 1;
    const { limit, remaining, reset, used } = this.#told(hour);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-used': String(used),
      'x-ratelimit-resource': resource,
    };
  }

  /** The answer of `GET /rate_limit`. */
  overview({ user }: GithubToken, at: Date): unknown {
    const of = (resource: Resource) => this.#told(this.#hour(user.login, resource, at.getTime()));
    const search = { limit: 30, used: 0, remaining: 30, reset: Math.ceil(at.getTime() / 1000) + 60 };
    return { resources: { core: of('core'), graphql: of('graphql'), search }, rate: of('core') };
  }

  #hour(login: string, resource: Resource, now: number): Window {
    const key = JSON.stringify([login, resource]);
    const found = this.#hours.get(key);
    if (found && found.endsAt > now) return found;
    const hour = { used: 0, endsAt: now + 3_600_000 };
    this.#hours.set(key, hour);
    return hour;
  }

  #told({ used, endsAt }: Window) {
    const { perHour } = this.#limits;
    const counted = Math.min(used, perHour);
    return {
      limit: perHour,
      used: counted,
      remaining: perHour - counted,
      reset: Math.ceil(endsAt / 1000),
    };
  }
}
