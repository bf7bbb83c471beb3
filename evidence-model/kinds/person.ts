import { z } from 'zod';
import { kind } from '../kind.ts';

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
   * How that is known: it is an account of the company's directory; the directory signs it in, or made it; or somebody
   * wrote it down.
   */
  way: z.enum(['directory', 'single-sign-on', 'provisioning', 'by-hand', 'none']),
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
  /** Whether it is somebody: one that is not stands for a list that names nobody. */
  named: z.boolean(),
});
