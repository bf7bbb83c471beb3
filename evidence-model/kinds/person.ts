import { z } from 'zod';
import { kind } from '../kind.ts';
import { time, timeOrNever } from './time.ts';

/**
 * Whose an account is, at whichever source. No dataset says this: it follows from what the sources say of identities and
 * from what the company wrote down, see `controls/holders.ts`.
 */
export const AccountHolder = kind('account-holder', {
  /** What the source calls the account. */
  name: z.string(),
  /** The kind of source, such as `github`. */
  system: z.string(),
  enabled: z.boolean(),
  /** It belongs to the place itself, such as the root user of an AWS account. */
  ofThePlace: z.boolean(),
  /** The id of a person or service, or `none` where nothing says whose it is. */
  holder: z.string(),
  holderType: z.enum(['person', 'service', 'none']),
  /**
   * How that is known: it is an account of the company's directory; the directory signs it in, or made it; the source
   * verified an address of mail that one account of the directory has; or somebody wrote it down.
   */
  way: z.enum(['directory', 'single-sign-on', 'provisioning', 'verified-email', 'by-hand', 'none']),
  /** Nothing that was not read may say that it is somebody else's; what somebody wrote down stands by itself. */
  settled: z.boolean(),
  /**
   * Whether the person, or who answers for the service, is still there: some account in the directory can be signed in
   * to, and no list says that they left.
   */
  present: z.boolean(),
  /** Who answers for a service, or `none`. */
  owner: z.string(),
});

/** Somebody who left, as a list says that was handed over, beside their account in a directory. */
export const Leaver = kind('leaver', {
  name: z.string(),
  leftOn: z.iso.date(),
  /** When the list was made. */
  listedOn: z.iso.date(),
  /** Whether their account in the directory can be signed in to. */
  enabled: z.boolean(),
  /** When the last of their accounts in the directory was switched off or deleted, as its log says. */
  disabledAt: time,
  /** Accounts elsewhere that are known to be theirs and can be signed in to, each as `source: name`. */
  elsewhere: z.array(z.string()),
  /** Whether it is somebody: one that is not stands for a list that names nobody. */
  named: z.boolean(),
});

/**
 * What somebody can do with one account, and what it takes to sign in with it. No dataset says this: it follows from
 * everything that was read of the account and of where it is signed in, see `controls/access/`.
 */
export const AccountAccess = kind('account-access', {
  /** What the source calls the account, and the kind of source. */
  name: z.string(),
  system: z.string(),
  enabled: z.boolean(),
  /** It belongs to the place itself, such as the root user of an AWS account. */
  ofThePlace: z.boolean(),
  holderType: z.enum(['person', 'service', 'none']),
  /** How it is known whose it is: the ways of `AccountHolder`. */
  tiedBy: z.string(),
  /** Who wrote the account down as that of a service, and when; or `none`. */
  declared: z.string(),
  /** Whose it is; where nothing ties it to anybody, the account stands for a person of its own. */
  person: z.string(),
  /** It belongs to somebody from outside. */
  guest: z.boolean(),
  /** May do everything, or come to; may change something; neither. */
  privilege: z.enum(['administrator', 'writer', 'ordinary']),
  /** By what it is that, in words. */
  privilegeBy: z.string(),
  /** Where it is signed in to. */
  signsInAt: z.string(),
  /** The directory of the cloud that it stands in, or `none`. */
  directory: z.string(),
  /** Somebody can sign in with it, and not only sign requests with a key. */
  interactive: z.boolean(),
  /** A second factor is set up. */
  mfaCapable: z.boolean(),
  /** No way of signing in goes without one, or none at all is open. */
  mfaRequired: z.boolean(),
  /** The log shows that one was asked for, and never that none was. */
  mfaObserved: z.boolean(),
  /** How far it is shown, the most that is. */
  mfaLevel: z.enum(['none', 'capable', 'required', 'observed']),
  /** Every way of signing in asks for a factor that resists phishing. */
  phishingResistant: z.boolean(),
  /** What the level rests on, in words. */
  mfaBy: z.string(),
  createdAt: time,
  lastSignInAt: timeOrNever,
  lastSuccessfulSignInAt: timeOrNever,
  signInRecorded: z.boolean(),
  /** A time at which whoever has it did something, which need not be the last. */
  activeAt: time,
});

/** What one person holds in all systems together, as far as accounts are tied to people. */
export const PersonAccess = kind('person-access', {
  name: z.string(),
  /** It is no person, but what belongs to the place itself, such as the root user of an AWS account. */
  ofThePlace: z.boolean(),
  /** How many accounts, and in how many systems. */
  accounts: z.number().int(),
  systems: z.number().int(),
  /** What they hold for certain that matters for the separation of duties. */
  duties: z.array(z.string()),
  /** There is no more of it. */
  dutiesKnown: z.literal(true),
});

/** A way by which people of another directory come into a cloud, and what it takes to sign in there. */
export const FederationRoute = kind('federation-route', {
  /** What people call it. */
  called: z.string(),
  /** Where they sign in. */
  leadsTo: z.string(),
  /** Nobody signs in there without a second factor. */
  mfaRequired: z.boolean(),
  mfaBy: z.string(),
});
