import type { Io } from '../collector.ts';
import { codeOf } from './errors.ts';

/** How often one request is sent at most, the first time included. */
export const maxAttempts = 6;

const longestMs = 20_000;
/** A vendor who asks for more patience than this is asked again the next night. */
const longestHintMs = 60_000;

interface Token {
  getRetryCount(): number;
  getRetryDelay(): number;
}

interface ErrorInfo {
  readonly errorType: 'TRANSIENT' | 'THROTTLING' | 'SERVER_ERROR' | 'CLIENT_ERROR';
  readonly retryAfterHint?: Date;
  readonly error?: unknown;
}

/** What AWS says to a request that was signed with a clock that is off. */
const clockCodes =
  /^(RequestExpired|RequestInTheFuture|RequestTimeTooSkewed|SignatureDoesNotMatch|InvalidSignatureException)$/;

/** The SDK's contract for when to ask again. It calls a refusal of a new token the end. */
export interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<Token>;
  refreshRetryTokenForRetry(token: Token, error: ErrorInfo): Promise<Token>;
  recordSuccess(token: Token): void;
}

/**
 * The SDK's standard mode (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html): it says what
 * may be repeated, exponential waits with full jitter, bounded. The waiting and the dice are ours, so that a stop is
 * heard at once.
 */
export function retryStrategy({
  random,
  sleep,
  signal,
  now,
}: Pick<Io, 'random' | 'sleep' | 'signal' | 'now'>): RetryStrategy {
  const token = (count: number): Token => ({ getRetryCount: () => count, getRetryDelay: () => 0 });
  return {
    acquireInitialRetryToken: () => Promise.resolve(token(0)),
    async refreshRetryTokenForRetry(before, { errorType, retryAfterHint, error }) {
      const count = before.getRetryCount();
      const passing = errorType === 'THROTTLING' || (errorType === 'TRANSIENT' && isPassing(error, count));
      if (!passing || count + 1 >= maxAttempts) throw new Error('no more attempts');
      const base = errorType === 'THROTTLING' ? 500 : 100;
      const wait = random() * Math.min(longestMs, base * 2 ** count);
      const asked = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - now().getTime();
      await sleep(Math.max(wait, Math.min(asked, longestHintMs)), signal);
      return token(count + 1);
    },
    recordSuccess: () => undefined,
  };
}

/**
 * Where the source's clock is not ours, the SDK corrects itself and then calls every refusal passing. Only one that is
 * about the clock is, and once.
 */
function isPassing(error: unknown, count: number): boolean {
  const metadata =
    typeof error === 'object' && error !== null && '$metadata' in error
      ? (error.$metadata as { readonly clockSkewCorrected?: boolean; readonly httpStatusCode?: number })
      : undefined;
  if (metadata?.clockSkewCorrected !== true || (metadata.httpStatusCode ?? 0) >= 500) return true;
  return count === 0 && clockCodes.test(codeOf(error) ?? '');
}
