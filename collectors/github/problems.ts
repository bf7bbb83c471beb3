import { z } from 'zod';
import { codeFrom } from '../problems.ts';
import type { Problem } from '../collector.ts';
import type { Answer } from '../transport/network.ts';

/** Whether GitHub refuses because of how often it was asked: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function isThrottled({ status, headers }: Pick<Answer, 'status' | 'headers'>): boolean {
  if (status === 429) return true;
  return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
}

/** What a refusal means, by its status and headers alone. */
export function problemOf(what: string, answer: Pick<Answer, 'status' | 'headers'>): Problem {
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
