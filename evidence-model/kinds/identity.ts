import { z } from 'zod';
import { kind } from '../kind.ts';
import { time, timeOrNever } from './time.ts';

/** The top of a source as the vendor calls it: a GitHub organisation, a Microsoft 365 tenant. */
export const Organization = kind('organization', {
  name: z.string(),
  /** Membership is refused to whoever signs in without a second factor. */
  mfaRequired: z.boolean(),
  /** What every member may do in every repository, unless more is granted. */
  basePermission: z.enum(['none', 'read', 'write', 'admin']),
  membersCanCreatePublicRepositories: z.boolean(),
  membersCanDeleteRepositories: z.boolean(),
  membersCanChangeRepositoryVisibility: z.boolean(),
  /** What was bought, in the vendor's word. */
  plan: z.string(),
  /** People sign in by way of an identity provider that is set up for this organisation. */
  singleSignOn: z.boolean(),
  /** Only addresses of a list are let in. */
  addressesRestricted: z.boolean(),
  /** That list holds for programs that were let in, too. */
  addressesRestrictedForPrograms: z.boolean(),
  /** Notifications go to addresses of verified domains only. */
  notificationsRestricted: z.boolean(),
  /** The cloud account from which the others are managed. */
  managementAccount: z.string(),
  /** It can restrict what its accounts may do, and not only pay for them. */
  accountsRestrictable: z.boolean(),
  /** Root users of its accounts need no credentials of their own. */
  rootCredentialsManaged: z.boolean(),
});

/** An account in which cloud resources live and are paid for. */
export const CloudAccount = kind('cloud-account', {
  name: z.string(),
  /** The vendor's own word, such as ACTIVE or SUSPENDED. */
  state: z.string(),
  joinedAt: time,
  /** It manages a service for the whole organisation. */
  delegatedAdministrator: z.boolean(),
  /** Somebody is named whom the vendor tells about security. */
  securityContact: z.boolean(),
  /** No bucket in it can be made public. */
  publicBucketsBlocked: z.boolean(),
});

/** Someone or something that can sign in. An account that nobody classified is a person. */
export const Account = kind('account', {
  name: z.string(),
  /** The cloud account that it belongs to, where a source has several. */
  cloudAccount: z.string(),
  /** The one account that cannot be restricted, such as the root user of an AWS account. */
  root: z.boolean(),
  role: z.enum(['owner', 'member', 'outside-collaborator']),
  /** The company's own identity provider made it and signs it in, so that the source knows nothing of its factors. */
  managed: z.boolean(),
  createdAt: time,
  /** Somebody can sign in with it at all. */
  enabled: z.boolean(),
  /** A guest belongs to another organisation, which may ask for a second factor in this one's place. */
  userType: z.enum(['member', 'guest']),
  /** Some second factor is set up. This is `capable`, the lowest level of proof. */
  mfaEnabled: z.boolean(),
  /** Every second factor that is set up is one that the vendor calls secure (not SMS). */
  mfaSecure: z.boolean(),
  /** A second factor is set up that the organisation allows to be used: set up and usable, not required. */
  mfaCapable: z.boolean(),
  /** Whether a setting of the account alone asks for a second factor, whatever policies do. */
  perUserMfa: z.enum(['disabled', 'enabled', 'enforced']),
  /** It can sign in to the console with a password. */
  consolePassword: z.boolean(),
  passwordChangedAt: timeOrNever,
  passwordLastUsedAt: timeOrNever,
  /** A password exists, whether or not it is in use. */
  passwordPresent: z.boolean(),
  /** An access key exists, active or not. */
  accessKeysPresent: z.boolean(),
  signingCertificatesPresent: z.boolean(),
  /** Names of the policies attached to it directly. */
  attachedPolicies: z.array(z.string()),
  groups: z.array(z.string()),
  /** What it has set up for signing in beside a password, in the vendor's words. */
  signInMethods: z.array(z.string()),
  /** When somebody tried to sign in last, whether or not it succeeded; and when it last succeeded. */
  lastSignInAt: timeOrNever,
  lastSuccessfulSignInAt: timeOrNever,
  /** The source has a record of some sign-in with it, whether or not that succeeded. */
  signInRecorded: z.boolean(),
  /** It comes from a directory of one's own premises. */
  synchronized: z.boolean(),
  /** Addresses at which it receives mail, in small letters. */
  addresses: z.array(z.string()),
  /** Addresses in domains of the organisation at which whoever has it once showed the source to receive mail. */
  verifiedAddresses: z.array(z.string()),
  /** Where in the company whoever has it works, and as what; or `none`. */
  department: z.string(),
  jobTitle: z.string(),
  /** Licences that it has, by id, and what of each is turned off for it, by the vendor's ids of plans. */
  licences: z.array(z.strictObject({ licence: z.string(), off: z.array(z.string()) })),
});

/** What Exhibit reads a source with, as the source tells whoever asks who they are. */
export const Reader = kind('reader', {
  name: z.string(),
  /** An App's installation, or the token of somebody; a program; a user, a role or the root user; anything else. */
  type: z.enum(['app', 'token', 'program', 'user', 'role', 'root', 'other']),
  /** Where it reads, where a source has several accounts. */
  cloudAccount: z.string(),
});

/** A secret that signs requests in place of a person. */
export const Credential = kind('credential', {
  cloudAccount: z.string(),
  /** The account that it belongs to. */
  account: z.string(),
  name: z.string(),
  type: z.enum([
    ...(['access-key', 'signing-certificate', 'stored-secret'] as const),
    ...(['program-password', 'program-certificate'] as const),
  ]),
  active: z.boolean(),
  /** Whether it reaches all repositories, those to come too, or some. */
  reach: z.enum(['all', 'private', 'selected', 'none']),
  createdAt: time,
  expiresAt: timeOrNever,
  rotatedAt: time,
  lastUsedAt: timeOrNever,
});

/** A secret of a person's that opens the organisation to whatever programs that person gives it to. */
export const PersonalToken = kind('personal-token', {
  /** The account that it belongs to. */
  account: z.string(),
  name: z.string(),
  type: z.enum(['fine-grained-token', 'classic-token', 'app-token', 'ssh-key']),
  active: z.boolean(),
  /** It may change things, not only read them. */
  mayWrite: z.boolean(),
  /** What it may, in the vendor's words. */
  permissions: z.array(z.string()),
  /** Whether it reaches all repositories, those to come too, or some. */
  reach: z.enum(['all', 'selected', 'none']),
  /** When it was let in. */
  createdAt: time,
  expiresAt: timeOrNever,
  lastUsedAt: timeOrNever,
});

/** A thing that proves a second factor. */
export const MfaDevice = kind('mfa-device', {
  cloudAccount: z.string(),
  type: z.enum(['virtual', 'hardware', 'passkey']),
  /** The account that it is assigned to, or `none`. */
  assignedTo: z.string(),
  enabledAt: timeOrNever,
});

/** A way of signing in that one account has set up. */
export const SignInMethod = kind('sign-in-method', {
  account: z.string(),
  /** In the vendor's words. */
  type: z.string(),
  createdAt: time,
});

/** What passwords must look like in one cloud account. */
export const PasswordPolicy = kind('password-policy', {
  cloudAccount: z.string(),
  /** False where nobody set a policy, so that the vendor's default applies. */
  set: z.boolean(),
  minimumLength: z.number().int(),
  /** How many former passwords are refused; 0 for none. */
  reusePrevention: z.number().int(),
  maximumAgeDays: z.union([z.number().int(), z.literal('unlimited')]),
});

export const Group = kind('group', {
  cloudAccount: z.string(),
  name: z.string(),
  /** The group that it is part of, or `none`. */
  parent: z.string(),
  createdAt: time,
  attachedPolicies: z.array(z.string()),
  /** Ids of the policies that were given to it, which whoever is in it holds. */
  policies: z.array(z.string()),
  /** Where it is asked about, as the source's requests want it. */
  place: z.string(),
  /** It can be given a role, which whoever is in it then holds. */
  assignableToRoles: z.boolean(),
  /** Who is in it follows from a rule. */
  dynamic: z.boolean(),
  visibility: z.string(),
  /** It comes from a directory of one's own premises. */
  synchronized: z.boolean(),
});

/** Somebody or something is in a group, by being named there or by way of other groups. */
export const EffectiveMembership = kind('effective-membership', {
  group: z.string(),
  account: z.string(),
  accountType: z.enum(['user', 'group', 'program', 'device', 'contact']),
});

/** Somebody is in a group, by being named there and not by way of another group. */
export const Membership = kind('membership', {
  group: z.string(),
  account: z.string(),
  role: z.enum(['member', 'maintainer']),
});

/** Somebody was asked in and has not come yet, or could not. */
export const Invitation = kind('invitation', {
  /** The account, or `by e-mail` where it is an address that was asked. */
  name: z.string(),
  role: z.string(),
  invitedAt: time,
  /** When it came to nothing, or `never`. */
  failedAt: timeOrNever,
});

/** Somebody else whose word is taken for who somebody is. */
export const IdentityProvider = kind('identity-provider', {
  cloudAccount: z.string(),
  name: z.string(),
  /** The vendor's own word for what it is. */
  type: z.string(),
  protocol: z.enum(['saml', 'oidc']),
  createdAt: time,
  expiresAt: timeOrNever,
  /** For whom the provider's word must be meant. */
  audiences: z.array(z.string()),
});

/** A directory of people who sign in to several cloud accounts by way of it. */
export const Directory = kind('directory', {
  cloudAccount: z.string(),
  region: z.string(),
  name: z.string(),
  /** The cloud account whose it is. */
  owner: z.string(),
  /** Where its people and groups are asked for. */
  store: z.string(),
  /** The vendor's own word, such as ACTIVE. */
  state: z.string(),
});

/** Somebody whom a directory knows. How they prove who they are is another matter. */
export const DirectoryUser = kind('directory-user', {
  directory: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  /** Another provider keeps it. */
  external: z.boolean(),
});

/** An account at the identity provider that is tied to one here. */
export const ExternalIdentity = kind('external-identity', {
  /** The account here, or `none` where nobody claimed it. */
  account: z.string(),
  /** What the provider calls it. */
  name: z.string(),
  /** What the provider calls itself, which tells whose it is. */
  issuer: z.string(),
  /** By which protocols it is tied. */
  protocols: z.array(z.enum(['saml', 'oidc', 'scim'])),
});

/** A range of addresses that is let in. */
export const AddressRange = kind('address-range', { name: z.string(), active: z.boolean() });

/** An internet domain, and whether its owner was proven. */
export const Domain = kind('domain', {
  name: z.string(),
  verified: z.boolean(),
  /** Its people sign in here, or at another identity provider. */
  signIn: z.enum(['managed', 'federated']),
  isDefault: z.boolean(),
  /** After how many days a password ends. */
  passwordDays: z.union([z.number().int(), z.literal('unlimited')]),
});

/** Where the people of a domain sign in in the place of here, and whose second factor is taken. */
export const Federation = kind('federation', {
  domain: z.string(),
  name: z.string(),
  issuer: z.string(),
  protocol: z.string(),
  /** The vendor's own word for whose second factor counts. */
  secondFactor: z.string(),
});

/** What was bought, and with it which safeguards can be had and read. */
export const Licence = kind('licence', {
  name: z.string(),
  /** The vendor's own word, such as Enabled or Suspended. */
  state: z.string(),
  seats: z.number().int(),
  used: z.number().int(),
  /** Names of the services that it holds and that are provisioned. */
  services: z.array(z.string()),
  /** Every service that it holds, whether or not it is provisioned, each as `id name`. */
  plans: z.array(z.string()),
});
