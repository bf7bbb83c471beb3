import { z } from 'zod';
import { kind } from '../kind.ts';
import { time } from './time.ts';

/** Somebody changed something in a directory of people, or tried to. */
export const DirectoryChange = kind('directory-change', {
  at: time,
  activity: z.string(),
  category: z.string(),
  succeeded: z.boolean(),
  /** Ids of who did it and what it was done to. */
  actor: z.string(),
  targets: z.array(z.string()),
});

/** What the source's own log says that somebody did. */
export const AuditEvent = kind('audit-event', {
  at: time,
  action: z.string(),
  actor: z.string(),
  repository: z.string(),
});

/** A log of what was done, and whether it is being written. */
export const AuditTrail = kind('audit-trail', {
  /** The account that sees it. */
  cloudAccount: z.string(),
  /** The account whose it is. */
  owner: z.string(),
  name: z.string(),
  homeRegion: z.string(),
  multiRegion: z.boolean(),
  logging: z.boolean(),
  managementEvents: z.enum(['all', 'read-only', 'write-only', 'some', 'none']),
  /** What is written can be held against digests that the vendor signs. */
  fileValidation: z.boolean(),
  /** Where it is written. */
  bucket: z.string(),
});

/** Somebody signed in, or tried to. */
export const SignIn = kind('sign-in', {
  cloudAccount: z.string(),
  account: z.string(),
  at: time,
  succeeded: z.boolean(),
  mfaUsed: z.boolean(),
  /** A second factor had to be shown, or had been shown before and was taken again. */
  secondFactorAsked: z.boolean(),
  /** What was signed in to, and with what, in the vendor's words. */
  application: z.string(),
  client: z.string(),
  /** What became of the policies at this sign-in, in the vendor's word. */
  policies: z.string(),
});

/** The vendor saw something at an account or a sign-in that should not be. */
export const RiskDetection = kind('risk-detection', {
  at: time,
  account: z.string(),
  type: z.string(),
  level: z.string(),
  state: z.string(),
});

/**
 * How completely a part of what is in scope was read: one dataset of one source over the nights that were due, derived
 * from the ledger, or a system that nobody reads, as somebody declared it.
 */
export const Coverage = kind('coverage', {
  name: z.string(),
  /** `former`: it was due within these nights, and is no longer configured. */
  state: z.enum(['connected', 'former', 'absent', 'not-read', 'by-hand']),
  declaredBy: z.string(),
  declaredOn: z.iso.date(),
  nightsDue: z.number().int(),
  nightsComplete: z.number().int(),
  longestGapNights: z.number().int(),
  /** Why the last night that was not complete was not. */
  lastShortfall: z.string(),
});
