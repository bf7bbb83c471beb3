import { z } from 'zod';

const text = z.string().min(1);
const id = z.string().regex(/^[a-z0-9-]+$/);
const day = z.iso.date();

/** A company in the sense of the law, and since when which sources are its own. */
export const LegalEntity = z.strictObject({
  id,
  name: text,
  sources: z.array(z.strictObject({ source: text, since: day })),
  declaredBy: text,
  declaredOn: day,
});
export type LegalEntity = z.output<typeof LegalEntity>;

/** An organisation whose services the company builds on, and what was received and read of its own report. */
export const Subservice = z.strictObject({
  /** As `controls/subservices.json` has it, or an id of the company's own. */
  id,
  name: text,
  report: z
    .strictObject({
      title: text,
      from: day,
      to: day,
      reviewer: text,
      reviewedOn: day,
      /** A letter that speaks for the time after the report, up to and with a day. */
      bridgeLetter: z.strictObject({ until: day, receivedOn: day }).optional(),
    })
    .optional(),
});
export type Subservice = z.output<typeof Subservice>;
