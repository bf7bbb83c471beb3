import { z } from 'zod';
import { questionnaires } from '../../controls/questionnaire.ts';

const text = z.string().min(1);
const ids = new Set(
  questionnaires.flatMap(({ id, questions }) => (id === 'vendor' ? questions.map((each) => each.id) : [])),
);
const Topic = z.string().refine((id) => ids.has(id), { error: 'there is no topic of this id' });

/** How a sheet of a customer's is read, and which of its rows ask for which topic. */
export const Mapping = z.strictObject({
  /** The name of the sheet, where it is not the first. */
  sheet: text.optional(),
  /** The row with the titles of columns, from 1. */
  headerRow: z.number().int().min(1).max(1000).default(1),
  /** Titles of the columns with the customer's own ids and with the words of the question. */
  id: text.optional(),
  question: text.optional(),
  /** By the customer's own id. */
  rows: z.record(z.string(), Topic).default({}),
  /** A row that holds one of the words asks for the topic. */
  keywords: z
    .array(
      z.strictObject({
        topic: Topic,
        words: z.array(z.string().min(3, 'must have three letters or more')).min(1),
      }),
    )
    .default([]),
});
export type Mapping = z.output<typeof Mapping>;
