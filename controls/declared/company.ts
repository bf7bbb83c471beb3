import { z } from 'zod';

const text = z.string().min(1);
const day = z.iso.date();

/** A control as the company itself calls and words it, with the controls here that test it. */
export const CompanyControl = z.strictObject({
  id: text,
  wording: text,
  owner: text,
  frequency: text,
  /** Ids of criteria that it was written for, of whichever framework. */
  criteria: z.array(text),
  /** Ids of controls here; none where nothing here tests it. */
  controls: z.array(text),
});
export type CompanyControl = z.output<typeof CompanyControl>;

/** The company's matrix of controls, as somebody exported it. */
export const CompanyMatrix = z.strictObject({
  exportedBy: text,
  exportedOn: day,
  system: text,
  controls: z.array(CompanyControl),
});
export type CompanyMatrix = z.output<typeof CompanyMatrix>;

/** Where the company's own policy sets the values of a control, and who approved that. */
export const Clause = z.strictObject({ clause: text, approver: text, approvedOn: day });

/** Failures gathered to what they may do to the business, and what is to be decided. */
export const Risk = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: text,
  /** What may happen, for people who run a company. */
  effect: text,
  controls: z.array(text).min(1),
  owner: text,
  decision: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('wanted'), what: text, by: day }),
    z.strictObject({
      state: z.literal('taken'),
      what: z.enum(['treat', 'accept', 'transfer', 'avoid']),
      decidedBy: text,
      decidedOn: day,
      reason: text,
    }),
  ]),
  /** What the lead of security thinks of it: an opinion, kept apart from what was read. */
  opinion: z.strictObject({ text, by: text, on: day }).optional(),
});
export type Risk = z.output<typeof Risk>;
