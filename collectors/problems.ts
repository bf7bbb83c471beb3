import type { Problem } from './collector.ts';
import type { FailureCode, NetworkFailure } from './transport/network.ts';

/**
 * A vendor's error code as it may be shown and decided by: a word. Whatever else a server puts in its place is `null`, so
 * that nothing it says goes where nobody looks for it.
 */
export function codeFrom(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value) ? value : null;
}

const reasons: Readonly<Record<FailureCode, Problem['reason']>> = {
  unreachable: 'unreachable',
  down: 'unreachable',
  'timed-out': 'timed-out',
  'cut-off': 'cut-off',
  'too-large': 'too-large',
  stale: 'outdated',
  'repeats-credentials': 'unexpected-answer',
  aborted: 'interrupted',
};

/** Why there is no page where no whole answer came. */
export function failureOf(what: string, { code, message, status }: NetworkFailure): Problem {
  const outcome = code === 'too-large' ? 'truncated' : 'failed';
  return { outcome, reason: reasons[code], status, code: null, text: `${what}: ${message}` };
}

/** Why there is no page where an answer came that cannot be read. */
export function notUnderstood(what: string, status: number): Problem {
  const text = `${what}: the answer is not JSON`;
  return { outcome: 'failed', reason: 'not-understood', status, code: null, text };
}
