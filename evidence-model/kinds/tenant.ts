import { z } from 'zod';
import { kind } from '../kind.ts';
import { time } from './time.ts';

/** What everybody may do in a tenant without being an administrator, and what guests may. */
export const UserRights = kind('user-rights', {
  /** The id of the role that every guest has. */
  guestRole: z.string(),
  /** Who may ask guests in, in the vendor's word. */
  invitations: z.string(),
  mayRegisterPrograms: z.boolean(),
  mayCreateTenants: z.boolean(),
  mayCreateGroups: z.boolean(),
  mayReadOthers: z.boolean(),
  mayReadRecoveryKeys: z.boolean(),
  /** Policies by which people may let programs in by themselves; empty where they may not. */
  consentPolicies: z.array(z.string()),
  mayConsentToRiskyPrograms: z.boolean(),
  mayJoinByEmail: z.boolean(),
  administratorsResetOwnPasswords: z.boolean(),
  /** An old way of administration that knows no conditions is shut. */
  legacyAdministrationBlocked: z.boolean(),
});

/** How people ask administrators to let a program in. */
export const ConsentWorkflow = kind('consent-workflow', {
  enabled: z.boolean(),
  /** Who decides, as the vendor's addresses name them. */
  reviewers: z.array(z.string()),
  notifies: z.boolean(),
  daysToDecide: z.number().int(),
});

const access = z.enum(['allowed', 'blocked', 'some']);

/** What another tenant's people may here and ours there, and what of theirs is taken as proof. */
export const TenantTrust = kind('tenant-trust', {
  /** The other tenant, or `everybody else`. */
  tenant: z.string(),
  /** Their word is taken for a second factor, a compliant device, a joined device. */
  acceptsMfa: z.boolean(),
  acceptsCompliantDevice: z.boolean(),
  acceptsJoinedDevice: z.boolean(),
  /** Guests of theirs here, and ours there. */
  inboundGuests: access,
  outboundGuests: access,
  inboundDirectConnect: access,
  outboundDirectConnect: access,
});

/** Whether a way of signing in is open, and for whom. */
export const SignInMethodPolicy = kind('sign-in-method-policy', {
  name: z.string(),
  enabled: z.boolean(),
  /** Groups, or the vendor's word for everybody. */
  includes: z.array(z.string()),
  excludes: z.array(z.string()),
});

/** Whether those rules are the only ones, or older ones hold beside them. */
export const SignInMethodRules = kind('sign-in-method-rules', {
  /** The vendor's own word. */
  migration: z.string(),
  /** Whether people are led to set up a method, in the vendor's word. */
  campaign: z.string(),
});

/** Settings of a directory that were changed; what is not among them is as the vendor made it. */
export const DirectorySetting = kind('directory-setting', {
  name: z.string(),
  values: z.record(z.string(), z.string()),
});

const Restriction = z.strictObject({
  /** What is restricted, in the vendor's word, and for whom: programs as registered, or as let in. */
  what: z.string(),
  on: z.enum(['registrations', 'programs', 'both']),
  /** It is in force. */
  enabled: z.boolean(),
  /** ISO duration, or `none` where it is no matter of time. */
  longest: z.string(),
});

/** What secrets programs may have, and for how long. */
export const ProgramSecretsPolicy = kind('program-secrets-policy', {
  name: z.string(),
  enabled: z.boolean(),
  restrictions: z.array(Restriction),
});

/** A directory of one's own premises is copied here. */
export const DirectorySynchronization = kind('directory-synchronization', {
  passwordHashes: z.boolean(),
  passwordWriteback: z.boolean(),
  /** Accounts are not taken over because of a like address. */
  softMatchBlocked: z.boolean(),
  hardMatchBlocked: z.boolean(),
  /** It stops before it deletes more than some. */
  deletionPrevented: z.boolean(),
});

/** What of files may be shown to strangers. */
export const SharingPolicy = kind('sharing-policy', {
  /** The vendor's own word. */
  sharing: z.string(),
  /** Guests may share on. */
  resharing: z.boolean(),
  legacySignIn: z.boolean(),
  /** Whoever takes an invitation must be the one who was invited. */
  sameAccountRequired: z.boolean(),
  domainRestriction: z.string(),
  idleSignOut: z.boolean(),
});

/** What the vendor makes of a tenant's settings, as a number. */
export const Score = kind('score', { at: time, points: z.number(), outOf: z.number() });

/** One thing that the vendor counts, and what it gave for it. */
export const ScorePart = kind('score-part', { score: z.string(), control: z.string(), points: z.number() });

/** What the vendor counts, and how much at most. */
export const ScoreControl = kind('score-control', {
  name: z.string(),
  service: z.string(),
  category: z.string(),
  outOf: z.number(),
  deprecated: z.boolean(),
});

/** An account that the vendor holds to be in somebody else's hands. */
export const RiskyAccount = kind('risky-account', {
  account: z.string(),
  /** The vendor's own words. */
  level: z.string(),
  state: z.string(),
  changedAt: time,
});
