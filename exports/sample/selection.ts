import { z } from 'zod';
import { Digest, digest } from '../../evidence-model/digest.ts';
import { compare } from '../../evidence-model/subject.ts';

const row = z.number().int().positive();

/** How rows were chosen: by chance from a seed that the auditor names, or one by one. */
export const Method = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('seed'), seed: z.string().min(1).max(200), count: row }),
  z.strictObject({ by: z.literal('rows'), rows: z.array(row).min(1) }),
]);
export type Method = z.output<typeof Method>;

/** What an auditor chose, of which table of which packet. Everything else of a sample follows from it and that packet. */
export const Selection = z.strictObject({
  /** The packet that the table is in, which was made and signed before anybody chose. */
  parent: z.strictObject({ packet: z.string(), profile: z.string(), tagmanifest: Digest }),
  population: z.strictObject({ path: z.string(), sha256: Digest, rows: z.number().int().positive() }),
  method: Method,
  /** Who chose, as they are to be named. */
  chosenBy: z.string().min(1).max(200),
  /** The rows, counted from 1 below the header. */
  rows: z.array(row),
});
export type Selection = z.output<typeof Selection>;

/** Where a packet has it. */
export const selectionPath = 'data/selection.json';

/**
 * Which of so many rows are chosen. By a seed: the SHA-256 of the seed, a line feed and the number of the row puts the rows
 * in order, and the first are taken, so that a shell can do it again and nobody can steer it who names the seed after the
 * table was signed. Of what was chosen one by one, those that exist.
 */
export function chosen(method: Method, rows: number): readonly number[] {
  if (method.by === 'rows') return [...new Set(method.rows)].filter((n) => n <= rows).sort((a, b) => a - b);
  const ranked = Array.from({ length: rows }, (_, at) => ({
    n: at + 1,
    rank: digest(`${method.seed}\n${at + 1}`),
  }));
  return ranked
    .sort((a, b) => compare(a.rank, b.rank))
    .slice(0, method.count)
    .map(({ n }) => n)
    .sort((a, b) => a - b);
}
