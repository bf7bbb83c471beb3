import type { Io } from '../collector.ts';
import { lasting, NetworkFailure } from '../transport/network.ts';
import type { Retry } from '../transport/transport.ts';
import { isThrottled } from './problems.ts';

/** How often one request is sent at most, the first time included. */
const maxAttempts = 4;
/** A source that asks for more patience than this is asked again the next night. Its budget is renewed every hour. */
const longestWaitMs = 65 * 60_000;
/** Without any other word, GitHub asks for at least a minute, then longer each time. */
const unsaidWaitMs = 60_000;

/**
 * GitHub's own rules: after Retry-After, else at the reset of the budget, else after a minute that grows.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function retryRule({ now, random }: Pick<Io, 'now' | 'random'>): Retry {
  return (attempt, outcome) => {
    if (attempt >= maxAttempts) return null;
    const backoff = 500 * 2 ** attempt * (1 + random());
    if (outcome instanceof NetworkFailure) return lasting.includes(outcome.code) ? null : backoff;
    const { status, headers } = outcome;
    if (status >= 500) return backoff;
    if (!isThrottled(outcome)) return null;
    const wait = said(headers, now()) ?? unsaidWaitMs * 2 ** (attempt - 1);
    return wait > longestWaitMs ? null : wait + random() * 1000;
  };
}

/** How long GitHub itself says to wait, in milliseconds; `null` where it does not. */
function said(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after) && after >= 0) return after * 1000;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset))
    return Math.max(0, reset * 1000 - now.getTime()) + 1000;
  return null;
}
