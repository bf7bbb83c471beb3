import { z } from 'zod';

const text = z.string().min(1);
const said = { declaredBy: text, declaredOn: z.iso.date() };

/** What the company aims at, by ids of a function, category or subcategory: the longest that fits counts. */
const Csf = z.strictObject({ ...said, targets: z.record(z.string(), text) });

/** Which systems hold electronic health information, and with whom there are agreements about it. */
const Hipaa = z.strictObject({
  ...said,
  /** Each with the source that reads it, where one does. */
  systems: z.array(z.strictObject({ name: text, source: text.optional() })).optional(),
  /** Agreements with business associates. */
  agreements: z
    .array(
      z.strictObject({
        with: text,
        about: text,
        signedOn: z.iso.date(),
        /** The last day on which it counts, where it has one. */
        until: z.iso.date().optional(),
      }),
    )
    .optional(),
  /** By id of an addressable specification: what was decided about it, and why. */
  addressable: z
    .record(
      z.string(),
      z.strictObject({
        decision: z.enum(['as-specified', 'equivalent-measure', 'not-reasonable']),
        because: text,
      }),
    )
    .default({}),
});
export type HipaaDeclared = z.output<typeof Hipaa>;

/** By id of Annex A: whether it applies, why, and how far it is put to work. */
const Iso27001 = z.strictObject({
  ...said,
  controls: z.record(
    z.string(),
    z.strictObject({
      applies: z.boolean(),
      because: text,
      state: z.enum(['in-place', 'in-part', 'planned', 'not-begun']).optional(),
    }),
  ),
});

/** What the company says of frameworks that it is held against. Nothing of it is taken for shown. */
export const FrameworkDeclarations = z.strictObject({
  csf: Csf.optional(),
  hipaa: Hipaa.optional(),
  iso27001: Iso27001.optional(),
});
export type FrameworkDeclarations = z.output<typeof FrameworkDeclarations>;
