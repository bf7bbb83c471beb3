import { z } from 'zod';
import { kind } from '../kind.ts';
import { place } from './place.ts';
import { time } from './time.ts';

/** Somebody changed something in a directory of people, or tried to. */
export const DirectoryChange = kind(
  'directory-change',
  {
    at: time,
    activity: z.string(),
    category: z.string(),
    succeeded: z.boolean(),
    /** Ids of who did it and what it was done to. */
    actor: z.string(),
    targets: z.array(z.string()),
    /** Names of what was changed of them, in the vendor's words, and nothing of what that was or became. */
    properties: z.array(z.string()),
  },
  { at: 'at' },
);

/** What the source's own log says that somebody did. */
export const AuditEvent = kind(
  'audit-event',
  {
    at: time,
    action: z.string(),
    actor: z.string(),
    repository: z.string(),
    /** The id of the account that it was done to, or `none`. */
    target: z.string(),
    /** What that account may do from then on: the id of a role, or the vendor's word for one; or `none`. */
    role: z.string(),
  },
  { at: 'at' },
);

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
  /** The bucket that it is written to, and the log group beside it. */
  bucket: z.string(),
  logGroup: z.string(),
});

/** A place that keeps logs. */
export const LogGroup = kind('log-group', {
  ...place,
  name: z.string(),
  /** After so many days what it keeps is deleted. */
  keptDays: z.union([z.number().int(), z.literal('for-ever')]),
});

/** What counts lines of a log. */
export const LogFilter = kind('log-filter', {
  ...place,
  name: z.string(),
  logGroup: z.string(),
  /** Which lines, in the vendor's language. */
  pattern: z.string(),
  /** What counts them, as `namespace/name`. */
  metrics: z.array(z.string()),
});

/** Somebody or something used a service of the cloud, last among the uses that a reading is about. */
export const ServiceUse = kind(
  'service-use',
  {
    cloudAccount: z.string(),
    principal: z.string(),
    /** The vendor's short name of it, such as `s3`. */
    service: z.string(),
    at: time,
    region: z.string(),
  },
  { at: 'at' },
);

/** Somebody signed in, or tried to. */
export const SignIn = kind(
  'sign-in',
  {
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
  },
  { at: 'at' },
);

/** The vendor saw something at an account or a sign-in that should not be. */
export const RiskDetection = kind(
  'risk-detection',
  {
    at: time,
    account: z.string(),
    type: z.string(),
    level: z.string(),
    state: z.string(),
  },
  { at: 'at' },
);

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
