import { z } from 'zod';
import { codeFrom } from '../problems.ts';
import type { Problem } from '../collector.ts';
import type { Answer } from '../transport/network.ts';

/**
 * Whether GitHub refuses because of how often it was asked. It does not always say for how long; then only the page
 * that it refers to tells such a refusal from one for lack of permission.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function isThrottled({ status, headers, bytes }: Answer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /\/rate-limits[\w-]*(#|$)/.test(pageIn(bytes))
  );
}

/** The page of GitHub's documentation that a refusal refers to; empty where there is none. */
function pageIn(bytes: Uint8Array): string {
  try {
    return Refusal.parse(JSON.parse(new TextDecoder().decode(bytes))).documentation_url;
  } catch {
    return '';
  }
}

const Refusal = z.object({ documentation_url: z.string() });

/** What a refusal means, by its status and headers alone. */
export function problemOf(what: string, answer: Answer): Problem {
  const { status } = answer;
  const problem = (outcome: Problem['outcome'], reason: Problem['reason'], text: string): Problem => ({
    outcome,
    reason,
    status,
    code: null,
    text: `${what}: ${text}`,
  });
  if (isThrottled(answer))
    return problem('failed', 'throttled', `GitHub asks to wait longer than this night (${status})`);
  if (status === 401) return problem('denied', 'credentials-refused', 'GitHub refuses the token (401)');
  if (status === 403) return problem('denied', 'permission-missing', 'the token may not read it (403)');
  if (status === 404)
    return problem('denied', 'permission-missing', 'GitHub does not show it to this token (404)');
  if (status >= 500) return problem('failed', 'server-error', `GitHub failed (${status})`);
  return problem('failed', 'unexpected-answer', `GitHub answered ${status}`);
}

const Errors = z.array(z.object({ type: z.string().optional() }));

/** GraphQL refuses inside an answer of 200; its `type` decides. Any error at all makes the answer one that is not whole. */
export function graphqlProblem(what: string, value: unknown): Problem | null {
  const errors = typeof value === 'object' && value !== null && 'errors' in value ? value.errors : undefined;
  if (errors === undefined || errors === null || (Array.isArray(errors) && errors.length === 0)) return null;
  const code = codeFrom(Errors.safeParse(errors).data?.find(({ type }) => type !== undefined)?.type);
  const denied = code === 'FORBIDDEN' || code === 'INSUFFICIENT_SCOPES' || code === 'NOT_FOUND';
  const throttled = code === 'RATE_LIMITED';
  return {
    outcome: denied ? 'denied' : 'failed',
    reason: denied ? 'permission-missing' : throttled ? 'throttled' : 'unexpected-answer',
    status: 200,
    code,
    text: `${what}: GitHub answered with an error${code === null ? '' : ` (${code})`}`,
  };
}
