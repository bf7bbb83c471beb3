import type { Io } from '../collector.ts';
import { lasting, NetworkFailure } from '../transport/network.ts';
import type { Retry } from '../transport/transport.ts';

/** How often one request is sent at most, the first time included. */
const maxAttempts = 5;
/** A source that asks for more patience than this is asked again the next night. */
const longestWaitMs = 15 * 60_000;
/** https://learn.microsoft.com/graph/best-practices-concept#handling-expected-errors */
const passing = [500, 502, 503, 504];

/**
 * Microsoft's own rule: after Retry-After, which may be a fraction; without it, as conditional access answers, after a
 * pause that doubles. https://learn.microsoft.com/graph/throttling
 */
export function retryRule({ now, random }: Pick<Io, 'now' | 'random'>): Retry {
  return (attempt, outcome) => {
    if (attempt >= maxAttempts) return null;
    const backoff = 1000 * 2 ** (attempt - 1) * (1 + random());
    if (outcome instanceof NetworkFailure) return lasting.includes(outcome.code) ? null : backoff;
    const { status, headers } = outcome;
    if (status !== 429 && !passing.includes(status)) return null;
    const wait = said(headers['retry-after'], now()) ?? backoff;
    return wait > longestWaitMs ? null : wait + random() * 500;
  };
}

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function said(after: string | undefined, now: Date): number | null {
  if (after === undefined) return null;
  const seconds = Number(after);
  if (after.trim() !== '' && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(after);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
