import { z } from 'zod';

const text = z.string().min(1);

/** One request that somebody approved, and what it was for. */
export const Approval = z.strictObject({
  source: text,
  /** What the source calls the event or the account that it is about: an id, or the name of an account. */
  subject: text,
  /** The number of the request, wherever requests are kept. */
  reference: text,
  approvedBy: text,
  approvedOn: z.iso.date(),
  what: text,
});
export type Approval = z.output<typeof Approval>;

/** What was approved, as whoever keeps the requests said: which system, asked how, by whom, when. */
export const ApprovalList = z.strictObject({
  exportedBy: text,
  exportedOn: z.iso.date(),
  system: text,
  filter: text,
  approvals: z.array(Approval),
});
export type ApprovalList = z.output<typeof ApprovalList>;
