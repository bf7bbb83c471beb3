import { z } from 'zod';
import { Review, ReviewRow } from '../../controls/declared/review.ts';
import { readTable } from './csv-table.ts';
import type { Listing } from './declared.ts';

/** A campaign as somebody writes it down: with the file of its rows. */
export const ReviewEntry = Review.omit({ rows: true }).extend({ file: z.string().min(1) });

export const reviewColumns = ['subject', 'name', 'reviewer', 'decision', 'decided_on'];
const { subject, reviewer, decision, decidedOn } = ReviewRow.shape;
/** Without the apostrophe that keeps a spreadsheet from taking a text for a formula. */
const plain = (text: string) => text.replace(/^'(?=[=+\-@])/, '');
const Row = z.strictObject({
  subject: subject.transform(plain),
  name: ReviewRow.shape.name.transform(plain),
  reviewer,
  decision,
  decided_on: decidedOn,
});

/** Reads the rows of each campaign. Throws `OperatorError` with the line or the row where something is wrong. */
export function readReviews(
  { yaml, at, value }: Listing<readonly z.output<typeof ReviewEntry>[]>,
  {
    under,
    sources,
  }: { readonly under: (name: string) => string; readonly sources: readonly { readonly id: string }[] },
): Review[] {
  return value.map(({ file, ...review }, n) => {
    const wrong = (field: string, what: string) => yaml.error([...at, n, field], what);
    if (value.findIndex((each) => each.id === review.id) !== n)
      throw wrong('id', `there are two reviews ${review.id}`);
    if (!sources.some(({ id }) => id === review.source))
      throw wrong('source', `there is no source ${review.source}`);
    if ((review.signedOffBy === undefined) !== (review.signedOffOn === undefined))
      throw wrong('signedOffOn', 'who signed it off and when belong together: give both or neither');
    const rows = readTable(under(file), reviewColumns, Row, {
      what: 'the rows of a review',
      setting: 'reviews',
    });
    return { ...review, rows: rows.map(({ decided_on: on, ...row }) => ({ ...row, decidedOn: on })) };
  });
}
