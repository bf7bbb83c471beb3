import { z } from 'zod';
import { Digest } from '../../evidence-model/digest.ts';

const text = z.string().min(1);
const id = z.string().regex(/^[a-z0-9-]+$/);
const day = z.iso.date();
const count = z.number().int().nonnegative();

/** A paper that somebody put to what they said. Its bytes stay where they are; only its digest is on record. */
export const AttachedFile = z.strictObject({ name: text, digest: Digest, bytes: count });

const common = {
  id,
  /** Who says it, and as what. */
  by: text,
  role: text,
  statedOn: day,
  /** The last day on which it may be relied upon. */
  validUntil: day,
};
/** The source that it is about. */
const source = { source: text };

/** What is said, by topic, so that nobody can read more into it than it says. */
function topics<File extends z.ZodType>(file: File) {
  const on = { ...common, file: file.optional() };
  return z.discriminatedUnion('topic', [
    z.strictObject({
      ...on,
      ...source,
      topic: z.literal('saas-backup'),
      stated: z.discriminatedUnion('backedUp', [
        z.strictObject({ backedUp: z.literal(true), product: text, keptDays: count }),
        z.strictObject({ backedUp: z.literal(false), acceptedBy: text.optional() }),
      ]),
    }),
    z.strictObject({
      ...on,
      ...source,
      topic: z.literal('restore-test'),
      stated: z.strictObject({
        /** What sorts of things were brought back, in the source's words, such as RDS. */
        types: z.array(text).min(1),
        testedOn: day,
        outcome: z.enum(['restored', 'failed']),
        minutes: count,
      }),
    }),
    z.strictObject({
      ...on,
      topic: z.literal('incident-plan'),
      stated: z.strictObject({ version: text, datedOn: day, exercisedOn: day.nullable() }),
    }),
    z.strictObject({
      ...on,
      topic: z.literal('training'),
      stated: z.strictObject({ course: text, completed: count, of: count, endedOn: day }),
    }),
    z.strictObject({
      ...on,
      topic: z.literal('edr-product'),
      stated: z.strictObject({ product: text, devices: count, of: count }),
    }),
    z.strictObject({ ...on, topic: z.literal('other'), stated: z.strictObject({ text }) }),
  ]);
}

/** Something that only a person can say, with who says it and until when it counts. */
export const Attestation = topics(AttachedFile);
export type Attestation = z.output<typeof Attestation>;

/** The same as somebody writes it down: with the path of the file. */
export const AttestationEntry = topics(text);
export type AttestationEntry = z.output<typeof AttestationEntry>;
