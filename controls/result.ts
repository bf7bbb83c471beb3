import { z } from 'zod';
import { Digest } from '../evidence-model/digest.ts';

export const VerdictStatus = z.enum(['pass', 'fail', 'excepted', 'no-data', 'not-applicable', 'manual']);

const CitationOut = z.strictObject({ dataset: z.string(), artifact: Digest, pointer: z.string() });

/** One subject against one control. */
export const Verdict = z.strictObject({
  source: z.string(),
  subject: z.string(),
  /** What people call it, where the source says. */
  name: z.string().nullable(),
  status: VerdictStatus,
  reason: z.string(),
  evidence: z.array(CitationOut),
});
export type Verdict = z.output<typeof Verdict>;

const count = z.number().int().nonnegative();

/** How many subjects there are and how they fare: the parts always add up to the total. */
export const Population = z.strictObject({
  total: count,
  pass: count,
  fail: count,
  excepted: count,
  noData: count,
  manual: count,
  notApplicable: count,
});
export type Population = z.output<typeof Population>;

/** All verdicts of one control. */
export const Result = z.strictObject({
  control: z.string(),
  status: VerdictStatus,
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  population: Population,
  /** Why it could not be told, or not for all: one sentence for each reason. */
  because: z.array(z.string()),
  verdicts: z.array(Verdict),
});
export type Result = z.output<typeof Result>;

export function tally(verdicts: readonly Verdict[]): Population {
  const of = (status: Verdict['status']) => verdicts.filter((verdict) => verdict.status === status).length;
  return {
    total: verdicts.length,
    pass: of('pass'),
    fail: of('fail'),
    excepted: of('excepted'),
    noData: of('no-data'),
    manual: of('manual'),
    notApplicable: of('not-applicable'),
  };
}
