import { z } from 'zod';
import { kind } from '../kind.ts';
import { time } from './time.ts';

/**
 * What people said, as the plan of a slot pins it, and what follows from it beside the evidence. No dataset says any of
 * this: see `controls/declared/`.
 */

/** A failure that the company accepted. */
export const DeclaredException = kind('declared-exception', {
  name: z.string(),
  control: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  /** The ids of people, as the holders of accounts have them. */
  owner: z.string(),
  approver: z.string(),
  ownerPresent: z.boolean(),
  /** The control that must pass for it to hold, or `none`; and what it says now, or `none`. */
  safeguard: z.string(),
  safeguardStatus: z.string(),
  start: z.iso.date(),
  end: z.iso.date(),
  /** The day by which it is looked at again, or `none`. */
  review: z.union([z.iso.date(), z.literal('none')]),
});

/** Something that only a person can say, and said. */
export const Attestation = kind('attestation', {
  name: z.string(),
  topic: z.enum(['saas-backup', 'restore-test', 'incident-plan', 'training', 'edr-product', 'other']),
  by: z.string(),
  role: z.string(),
  statedOn: z.iso.date(),
  /** The last day on which it may be relied upon. */
  validUntil: z.iso.date(),
  /** Of a backup: whether there is one, what makes it, and for how long it is kept; who accepted that there is none. */
  backedUp: z.boolean(),
  product: z.string(),
  keptDays: z.number().int(),
  acceptedBy: z.string(),
  /** Of a test of restoring: what sorts of things, in the source's words, when, and what came of it. */
  types: z.array(z.string()),
  testedOn: z.iso.date(),
  outcome: z.enum(['restored', 'failed']),
});

/** Something that programs work with, written down as a service with whoever answers for it: one for each place that is named. */
export const DeclaredService = kind('declared-service', {
  name: z.string(),
  /** The id of the service, as the holders of accounts have it. */
  service: z.string(),
  /** What its source calls it: an account, a key or a program, by its id. */
  thing: z.string(),
  purpose: z.string(),
  /** The id of a person, as the holders of accounts have it. */
  owner: z.string(),
  ownerPresent: z.boolean(),
  declaredOn: z.iso.date(),
});

/** A source that is connected, as the thing that a statement is about. */
export const ConnectedSource = kind('connected-source', {
  name: z.string(),
  /** The legal entity whose it is, or `none`. */
  entity: z.string(),
});

/** A system that evidence of another tells of, and what the company says of it. */
export const FoundSystem = kind('found-system', {
  name: z.string(),
  /** What tells of it, in words. */
  told: z.string(),
  state: z.enum(['connected', 'absent', 'not-read', 'by-hand', 'undeclared']),
  /** Who declared it and when, or what shows that it is connected. */
  basis: z.string(),
});

/** The report that an organisation gives on the services that the company builds on. */
export const ServiceReport = kind('service-report', {
  name: z.string(),
  /** The last day of the period that the report is on, and the last that a letter after it speaks for; or `none`. */
  reportedTo: z.union([z.iso.date(), z.literal('none')]),
  bridgedTo: z.union([z.iso.date(), z.literal('none')]),
  reviewer: z.string(),
  reviewedOn: z.union([z.iso.date(), z.literal('none')]),
});

const Approved = z.strictObject({
  reference: z.string(),
  by: z.string(),
  on: z.iso.date(),
  /** Who approved is called as somebody whom it gave something, or who did it. */
  own: z.boolean(),
});

/** Something happened that somebody should have approved, as the source tells it, with the approvals that name it. */
export const ChangeToApprove = kind(
  'change-to-approve',
  {
    name: z.string(),
    type: z.enum(['joiner', 'privilege', 'emergency']),
    at: time,
    /** What was done, in words. */
    what: z.string(),
    happened: z.boolean(),
    actor: z.string(),
    byProgram: z.boolean(),
    approvals: z.array(Approved),
    /** The day on which the list of approvals was exported. */
    listedOn: z.iso.date(),
  },
  { at: 'at' },
);

/** Somebody went through everybody who had access at a source, and decided row by row. */
export const ReviewCampaign = kind('review-campaign', {
  name: z.string(),
  startedOn: z.iso.date(),
  /** The day of the reading that its rows are from. */
  readOn: z.iso.date(),
  /** The day on which it was signed off, or `none`. */
  signedOffOn: z.union([z.iso.date(), z.literal('none')]),
  rows: z.number().int(),
  undecided: z.number().int(),
  /** Rows that were decided by whoever they are about. */
  byThemselves: z.number().int(),
  /** The day of the last decision, or `none`. */
  lastDecidedOn: z.union([z.iso.date(), z.literal('none')]),
  /** How its rows differ from those that the vault has of the reading that they are from, or `none`. */
  difference: z.string(),
});

/** A decision that somebody is to lose access, and whether they did. */
export const Revocation = kind('revocation', {
  name: z.string(),
  campaign: z.string(),
  decidedOn: z.iso.date(),
  state: z.enum(['gone', 'switched-off', 'there']),
});
