import { z } from 'zod';

const person = z.string().min(1);

/** An accepted failure. It counts from its first line in the ledger on, only between start and end, and only while its safeguard holds. */
export const Exception = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  control: z.string(),
  /** The source that the subjects are of; it must be named where several have a subject of that id. */
  source: z.string().optional(),
  /** Ids of the subjects, as the results print them. */
  subjects: z.array(z.string()).min(1),
  /** Class of the exception, for readers who must not see the subjects. */
  class: z.string().min(1),
  owner: person,
  approver: person,
  reason: z.string().min(1),
  /** What protects instead; `control` names the control that must pass for the exception to hold. */
  safeguard: z.strictObject({ text: z.string().min(1), control: z.string().optional() }),
  start: z.iso.date(),
  /** The last day on which it counts. */
  end: z.iso.date(),
});
export type Exception = z.output<typeof Exception>;

/** A system that no source reads: said by someone, on a day. */
export const DeclaredSystem = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  /** The kind of source that this declares absent, such as `aws`; otherwise any system in scope. */
  collector: z.string().optional(),
  state: z.enum(['absent', 'not-read', 'by-hand']),
  declaredBy: person,
  declaredOn: z.iso.date(),
});
export type DeclaredSystem = z.output<typeof DeclaredSystem>;

/** Thresholds by control, over the defaults that the controls declare. */
export const Policy = z.strictObject({
  controls: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
export type Policy = z.output<typeof Policy>;
