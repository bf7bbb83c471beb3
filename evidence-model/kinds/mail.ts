import { z } from 'zod';
import { kind } from '../kind.ts';

/** An internet domain as mail servers see it: what a resolver answered about it. Records stand as they are published. */
export const MailDomain = kind('mail-domain', {
  /** The domain that was registered, of which this one is a part, or itself; `none` where there is no such thing. */
  organizationalDomain: z.string(),
  /** Where mail for it is taken in: preference and host. `0 .` says that it takes none. */
  mailExchangers: z.array(z.string()),
  /** Every text that says which servers may send for it. */
  senderPolicies: z.array(z.string()),
  /** Whether the answer was proven by signatures of the domain, as the resolver says. */
  senderPoliciesSigned: z.boolean(),
});

/** What receivers shall do with mail that only claims to be from a domain, where it or the registered one above says so. */
export const DmarcPolicy = kind('dmarc-policy', {
  domain: z.string(),
  /** Whose word it is: that of the domain, or of the registered one above it. */
  name: z.string(),
  /** Every text that says so; none where nothing is published. */
  texts: z.array(z.string()),
  signed: z.boolean(),
});

/** What a domain says of who may send for whoever refers to it. */
export const SenderPolicy = kind('sender-policy', {
  /** The mail domain that refers to it, whether or not by way of others. */
  domain: z.string(),
  name: z.string(),
  texts: z.array(z.string()),
});

/** A key with which receivers can check who signed a message: at one selector of one domain. */
export const SigningKey = kind('signing-key', {
  domain: z.string(),
  selector: z.string(),
  /** Every text that stands there; none where there is no key. */
  texts: z.array(z.string()),
});

/** How the mailboxes of a tenant are kept, as far as it is set for all of them. */
export const MailSettings = kind('mail-settings', {
  mailboxesAudited: z.boolean(),
  /** Programs may sign in in a way that can ask for a second factor. */
  modernSignIn: z.boolean(),
  /** Nobody can send with a password alone, unless a mailbox says otherwise for itself. */
  smtpSignInRefused: z.boolean(),
  /** What people and administrators do, in all services, is taken into one log. */
  activitiesRecorded: z.boolean(),
  /** Mail from outside is marked as such; and the addresses and domains whose mail is not. */
  outsideMarked: z.boolean(),
  outsideUnmarked: z.array(z.string()),
});

/** Somebody else's domain, and whether mail may be forwarded there by itself. `*` is every other. */
export const RemoteDomain = kind('remote-domain', { name: z.string(), forwarding: z.boolean() });

/** What some or all mailboxes of a tenant may send. */
export const OutgoingMailPolicy = kind('outgoing-mail-policy', {
  /** Whether they may forward mail to strangers by themselves, in the vendor's word. */
  forwarding: z.string(),
});

/** How attachments of some or all mailboxes are checked before they are delivered. */
export const AttachmentPolicy = kind('attachment-policy', {
  enabled: z.boolean(),
  /** What becomes of one that is found to be harmful, in the vendor's word. */
  action: z.string(),
});

/** How links in the mail of some or all mailboxes are checked. */
export const LinkPolicy = kind('link-policy', {
  enabled: z.boolean(),
  /** Links that nobody knows yet are followed, and mail waits until that is done. */
  scans: z.boolean(),
  waits: z.boolean(),
  /** Links that are not checked. */
  unchecked: z.array(z.string()),
});

/** What checks the mail of every mailbox that no other policy is for, and whom it leaves out: domains, addresses, groups. */
export const BuiltInMailProtection = kind('built-in-mail-protection', { excludes: z.array(z.string()) });

/** Whether outgoing mail of a domain is signed. */
export const SigningConfiguration = kind('signing-configuration', {
  enabled: z.boolean(),
  /** The vendor's own word, such as Valid or CnameMissing. */
  state: z.string(),
});
