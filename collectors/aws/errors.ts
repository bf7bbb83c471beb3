import type { Problem } from '../collector.ts';
import { codeFrom, failureOf } from '../problems.ts';
import { NetworkFailure } from '../transport/network.ts';

type Verdict = Pick<Problem, 'outcome' | 'reason'>;

const permission: Verdict = { outcome: 'denied', reason: 'permission-missing' };
const credentials: Verdict = { outcome: 'denied', reason: 'credentials-refused' };
const throttled: Verdict = { outcome: 'failed', reason: 'throttled' };
const licence: Verdict = { outcome: 'not-licensed', reason: 'licence-missing' };
const unexpected: Verdict = { outcome: 'failed', reason: 'unexpected-answer' };

/**
 * Codes without the ending `Exception`, which some services add.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the pages of each operation.
 */
const codes: Readonly<Record<string, Verdict>> = {
  AccessDenied: permission,
  UnauthorizedOperation: permission,
  NotAuthorized: permission,
  AuthorizationError: permission,
  InsufficientDependencyServiceAccessPermission: permission,
  InvalidAccess: permission,
  ExpiredToken: credentials,
  InvalidClientTokenId: credentials,
  UnrecognizedClient: credentials,
  SignatureDoesNotMatch: credentials,
  InvalidSignature: credentials,
  IncompleteSignature: credentials,
  MissingAuthenticationToken: credentials,
  InvalidAccessKeyId: credentials,
  AuthFailure: credentials,
  RequestExpired: credentials,
  Throttling: throttled,
  Throttled: throttled,
  RequestThrottled: throttled,
  TooManyRequests: throttled,
  LimitExceeded: throttled,
  RequestLimitExceeded: throttled,
  SlowDown: throttled,
  OptInRequired: licence,
  SubscriptionRequired: licence,
};

/** What the operator can do about codes that do not speak for themselves. */
const advice: Readonly<Record<string, string>> = {
  AWSOrganizationsNotInUse:
    'the account belongs to no organisation: set `accounts: this`, or use credentials of the management account',
  // The service has one word for both: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
  InvalidAccess: 'either Security Hub is not on there, or it may not be read',
};

/**
 * A service that AWS does not offer in a region has no host there, and a resolver that fails says the same of any host. So
 * it is never known that there is nothing to read. https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
const noHost = 'either AWS does not offer the service in this region, or its host could not be looked up';

interface SdkError extends Error {
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly Code?: unknown;
  readonly Error?: { readonly Code?: unknown };
}

/** The service's own error code, as it stands in the body; `null` where the error is not the service's answer. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { $fault, Code, Error: inner, name } = error as SdkError;
  if ($fault === undefined) return null;
  const code = [Code, inner?.Code, name].find((each) => typeof each === 'string' && each !== '');
  // The SDK's words for an error that named none.
  return code === 'Unknown' || code === 'UnknownError' ? null : codeFrom(code);
}

/** What went wrong with asking for `what`, decided by code and status. `null` where it is a fault of ours, not the source's. */
export function problemOf(error: unknown, what: string): Problem | null {
  const failure = failureIn(error);
  if (failure) {
    const problem = failureOf(what, failure);
    return hasNoHost(failure) ? { ...problem, text: `${problem.text}; ${noHost}` } : problem;
  }
  if (!(error instanceof Error)) return null;
  if (error.name === 'CredentialsProviderError')
    return {
      ...credentials,
      status: 0,
      code: null,
      text: `${what}: no AWS credentials were found; set \`credentials\` of the source, or give them where the AWS SDK looks`,
    };
  const status = (error as SdkError).$metadata?.httpStatusCode;
  if (status === undefined) return null;
  const code = codeOf(error);
  const said = code === null ? `HTTP ${status}` : `${code} (HTTP ${status})`;
  if (status < 300)
    return {
      outcome: 'failed',
      reason: 'not-understood',
      status,
      code,
      text: `${what}: the answer (HTTP ${status}) could not be read`,
    };
  const base = code?.replace(/Exception$/, '') ?? '';
  const hint = Object.hasOwn(advice, base) ? `; ${advice[base] ?? ''}` : '';
  return { ...verdictOf(base, status), status, code, text: `${what}: AWS answered ${said}${hint}` };
}

function verdictOf(base: string, status: number): Verdict {
  const known = Object.hasOwn(codes, base) ? codes[base] : undefined;
  if (known) return known;
  if (status === 429) return throttled;
  return status >= 500 ? { outcome: 'failed', reason: 'server-error' } : unexpected;
}

function hasNoHost({ code, message }: NetworkFailure): boolean {
  return code === 'unreachable' && /\bE(?:NOTFOUND|AI_AGAIN)\b/.test(message);
}

function failureIn(error: unknown): NetworkFailure | null {
  if (error instanceof NetworkFailure) return error;
  return error instanceof Error && error.cause instanceof NetworkFailure ? error.cause : null;
}
