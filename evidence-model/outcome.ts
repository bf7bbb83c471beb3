import { z } from 'zod';

/**
 * What came of a read. Only `complete` can support a pass; the others differ in what to do about it:
 * `truncated` (we stopped at a bound), `denied` (grant something), `not-licensed` (the plan lacks it),
 * `failed` (try again), `partial` (some of it was read).
 */
export const Outcome = z.enum(['complete', 'partial', 'truncated', 'not-licensed', 'denied', 'failed']);
export type Outcome = z.output<typeof Outcome>;

/** Why something is not complete. A code decides; the sentence is for people. */
export const ReasonCode = z.enum([
  'permission-missing',
  'credentials-refused',
  'licence-missing',
  'throttled',
  'unreachable',
  'timed-out',
  'server-error',
  'unexpected-answer',
  'cut-off',
  'too-large',
  'not-understood',
  'foreign-link',
  'page-cap',
  'repeated-page',
  'item-rejected',
  'count-differs',
  'count-unreadable',
  'impossible-empty',
  'duplicate-items',
  'listing-moved',
  'parent-incomplete',
  'outdated',
  'not-asked',
  'refused-request',
  'internal-error',
  'interrupted',
]);
export type ReasonCode = z.output<typeof ReasonCode>;

export const Reason = z.strictObject({
  code: ReasonCode,
  /** One sentence: what is missing. */
  text: z.string(),
  /** What to grant, in the vendor's words; empty where no grant would help. */
  grant: z.array(z.string()).default([]),
});
export type Reason = z.output<typeof Reason>;

/** The one outcome of a whole of which these are the parts: complete only if every part is. */
export function combine(parts: readonly Outcome[]): Outcome {
  if (parts.every((part) => part === 'complete')) return 'complete';
  const [first] = parts;
  return first !== undefined && parts.every((part) => part === first) ? first : 'partial';
}
