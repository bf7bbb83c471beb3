import { z } from 'zod';
import { digest, Digest } from '../../evidence-model/digest.ts';
import { compare, type Subject } from '../../evidence-model/subject.ts';

const text = z.string().min(1);
const day = z.iso.date();

/** One row of a campaign: who, and what somebody decided of them. Empty where nobody has yet. */
export const ReviewRow = z.strictObject({
  subject: text,
  name: z.string(),
  reviewer: z.string(),
  decision: z.enum(['keep', 'remove', 'change', '']),
  decidedOn: z.union([day, z.literal('')]),
});
export type ReviewRow = z.output<typeof ReviewRow>;

/** A campaign over all accounts that one reading found at a source. */
export const Review = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  source: text,
  startedOn: day,
  /** The slot whose reading the rows are from, and what `exhibit review export` said of them. */
  population: z.strictObject({ slot: text, count: z.number().int().nonnegative(), digest: Digest }),
  signedOffBy: text.optional(),
  signedOffOn: day.optional(),
  rows: z.array(ReviewRow),
});
export type Review = z.output<typeof Review>;

/** Everybody whom one reading found at a source, or why that is not all. */
export interface ReviewPopulation {
  readonly source: string;
  readonly slot: string;
  /** The day on which it was whole, in UTC; `null` where it is not known. */
  readonly readOn: string | null;
  /** The datasets that listed them. */
  readonly datasets: readonly string[];
  readonly rows: readonly Pick<ReviewRow, 'subject' | 'name'>[];
  /** Why there may be more; `null` where it was wholly read. */
  readonly open: string | null;
  /** The accounts themselves. */
  readonly of: readonly Subject[];
}

/** What tells one population from another: the digest of a line of JSON for each row, in the order of their ids. */
export function populationDigest(rows: readonly Pick<ReviewRow, 'subject' | 'name'>[]): Digest {
  const lines = rows.map(({ subject, name }) => `${JSON.stringify([subject, name])}\n`);
  return digest(lines.sort(compare).join(''));
}
