import { z } from 'zod';
import { kind } from '../kind.ts';
import { time, timeOrNever } from './time.ts';

/** A set of permissions that others can take on. */
export const Role = kind('role', {
  cloudAccount: z.string(),
  name: z.string(),
  createdAt: time,
  attachedPolicies: z.array(z.string()),
  /** What it gives of all that there is to work in, in the vendor's word, beside what is attached; or `none`. */
  base: z.string(),
  /** The vendor made it, and means the same by it everywhere. */
  builtIn: z.boolean(),
  /** Where it is asked about, as the source's requests want it. */
  place: z.string(),
});

/** A role can be taken on in a cloud account. */
export const RoleProvision = kind('role-provision', {
  role: z.string(),
  cloudAccount: z.string(),
  /** Where the role is asked about, as the source's requests want it, and in which cloud account. */
  place: z.string(),
  askedIn: z.string(),
});

/** Somebody or something holds a role now. Who may take it on when asked for is another matter. */
export const RoleAssignment = kind('role-assignment', {
  /** Who holds it, as people call it. */
  name: z.string(),
  account: z.string(),
  accountType: z.enum(['user', 'group', 'service-principal']),
  /** The id of the role. */
  role: z.string(),
  /** What it reaches, in the vendor's words; `/` is all. */
  scope: z.string(),
});

/** What somebody, or a group, was granted in one repository, besides what everybody may. */
export const AccessGrant = kind('access-grant', {
  repository: z.string(),
  holder: z.string(),
  holderType: z.enum(['account', 'group']),
  /** The vendor's own word for the level, in lower case. */
  level: z.string(),
});

/** A question about devices or applications that a policy asks, and whether what meets it is in or out. */
const Filter = z.union([
  z.strictObject({ mode: z.enum(['include', 'exclude']), rule: z.string() }),
  z.literal('none'),
]);
/** Which guests and strangers: kinds of them in the vendor's words, of these tenants or of all. */
const Guests = z.union([
  z.strictObject({ types: z.array(z.string()), tenants: z.union([z.literal('all'), z.array(z.string())]) }),
  z.literal('none'),
]);

/** A rule that decides, at sign-in, whether somebody must show a second factor. Lists hold ids or the vendor's words. */
export const SignInPolicy = kind('sign-in-policy', {
  name: z.string(),
  mechanism: z.enum(['conditional-access', 'security-defaults']),
  state: z.enum(['enabled', 'report-only', 'disabled']),
  includeUsers: z.array(z.string()),
  excludeUsers: z.array(z.string()),
  includeGroups: z.array(z.string()),
  excludeGroups: z.array(z.string()),
  includeRoles: z.array(z.string()),
  excludeRoles: z.array(z.string()),
  includeApplications: z.array(z.string()),
  excludeApplications: z.array(z.string()),
  clientAppTypes: z.array(z.string()),
  /** What is set and told by no other field, by the vendor's names: each may keep the policy from reaching somebody, or be met in its place. */
  conditions: z.array(z.string()),
  /** Whether all that it asks must be shown, or one of it; `none` where it asks nothing. */
  operator: z.enum(['and', 'or', 'none']),
  /** What it asks, in the vendor's words. */
  grants: z.array(z.string()),
  /** Ids of other parties' factors and of terms of use that it asks for. */
  customFactors: z.array(z.string()),
  termsOfUse: z.array(z.string()),
  /** The id of the set of methods that it asks for, or `none`. */
  strength: z.string(),
  /** It reaches what somebody does, or what is marked, in the place of applications. */
  includeUserActions: z.array(z.string()),
  includeContexts: z.array(z.string()),
  applicationFilter: Filter,
  includeGuests: Guests,
  excludeGuests: Guests,
  includePlatforms: z.array(z.string()),
  excludePlatforms: z.array(z.string()),
  /** Ids of named locations, or `All` and `AllTrusted`. */
  includeLocations: z.array(z.string()),
  excludeLocations: z.array(z.string()),
  deviceFilter: Filter,
  signInRiskLevels: z.array(z.string()),
  userRiskLevels: z.array(z.string()),
  programRiskLevels: z.array(z.string()),
  insiderRiskLevels: z.array(z.string()),
  /** Ways of signing in that go by another device, such as a code that is typed there. */
  transferMethods: z.array(z.string()),
  /** Programs that sign in as themselves; where there are any, the policy is about them and not about people. */
  includePrograms: z.array(z.string()),
  excludePrograms: z.array(z.string()),
  /** After how long somebody must sign in again. */
  signInFrequency: z.union([
    z.strictObject({ every: z.number().int(), unit: z.string(), of: z.string() }),
    z.enum(['every-time', 'none']),
  ]),
  persistentBrowser: z.enum(['always', 'never', 'none']),
  /** What else is held to for as long as somebody is signed in, by the vendor's name. */
  sessionControls: z.array(z.string()),
});

/**
 * One thing that a policy leaves out, so that each can be accepted for itself. What it leaves out and does not tell is
 * told of the policy alone.
 */
export const SignInExclusion = kind('sign-in-exclusion', {
  /** The id of the policy. */
  policy: z.string(),
  type: z.enum([
    ...(['account', 'group', 'role', 'guests', 'application', 'application-filter'] as const),
    ...(['place', 'platform', 'device-filter'] as const),
  ]),
  /** The id of it, the vendor's word for it, or the rule of a filter. */
  what: z.string(),
});

/** Which ways of proving oneself are strong enough for a policy that names the set. */
export const AuthenticationStrength = kind('authentication-strength', {
  name: z.string(),
  builtIn: z.boolean(),
  /** Ways, each one or two methods in the vendor's words. */
  combinations: z.array(z.string()),
  /** Every one of them is a second factor, as the vendor says. */
  secondFactor: z.boolean(),
});

/** A place that policies refer to. */
export const NamedLocation = kind('named-location', {
  name: z.string(),
  type: z.enum(['addresses', 'countries']),
  /** Marked as trusted: policies may ask less there. */
  trusted: z.boolean(),
  ranges: z.array(z.string()),
  countries: z.array(z.string()),
  /** Where nobody knows the country it counts as one of them. */
  unknownCountries: z.boolean(),
});

/** A mark on applications and actions that policies can ask more for. */
export const AuthenticationContext = kind('authentication-context', {
  name: z.string(),
  inUse: z.boolean(),
});

/** Somebody or something holds a role, or may take it on, from one time to another. */
export const RoleSchedule = kind('role-schedule', {
  account: z.string(),
  role: z.string(),
  scope: z.string(),
  /** May take it on; holds it outright; took it on for now. */
  standing: z.enum(['eligible', 'assigned', 'activated']),
  /** Named itself, or by way of a group. */
  by: z.enum(['direct', 'group']),
  from: time,
  until: timeOrNever,
});

/** Somebody may become a member or an owner of a group when asked for, or is one for a time. */
export const GroupSchedule = kind('group-schedule', {
  account: z.string(),
  group: z.string(),
  /** What of the group: `member` or `owner`. */
  access: z.string(),
  by: z.enum(['direct', 'group']),
  from: time,
  until: timeOrNever,
});

/** What it takes to take on a role, and for how long it may be held. */
export const RoleRule = kind('role-rule', {
  role: z.string(),
  /** What must be shown or told to take it on, in the vendor's words. */
  activationNeeds: z.array(z.string()),
  activationApproval: z.boolean(),
  /** The context that is asked for, or `none`. */
  activationContext: z.string(),
  /** ISO duration. */
  activationLasts: z.string(),
  /** Whoever is given it outright, or may take it on, loses it one day. */
  assignmentEnds: z.boolean(),
  eligibilityEnds: z.boolean(),
});

/** A program may do something at another one. */
export const PermissionGrant = kind('permission-grant', {
  /** Who may, and at which program; ids of programs as they are let in. */
  holder: z.string(),
  holderType: z.enum(['user', 'group', 'program']),
  resource: z.string(),
  /** By itself, or only as much as somebody who is signed in may. */
  way: z.enum(['by-itself', 'for-somebody']),
  permissions: z.array(z.string()),
  /** For whom: `everybody`, or an account; `none` where it acts by itself. */
  of: z.string(),
  grantedAt: time,
});

/** How long the access of some is looked at again, and by whom. */
export const AccessReview = kind('access-review', {
  name: z.string(),
  /** The vendor's own word. */
  state: z.string(),
  /** What is looked at, as the vendor's addresses name it. */
  scope: z.string(),
  /** How often, as the vendor's word, or `once`. */
  recurs: z.string(),
  /** What is not decided in time is decided by itself, and carried out by itself. */
  decidesByDefault: z.boolean(),
  appliesDecisions: z.boolean(),
});

/** One round of such a review. */
export const AccessReviewRound = kind('access-review-round', {
  review: z.string(),
  /** What the vendor calls it within the review. */
  round: z.string(),
  state: z.string(),
  from: time,
  until: time,
});

/** What came of one access in a round. */
export const AccessDecision = kind('access-decision', {
  round: z.string(),
  account: z.string(),
  /** The vendor's own words. */
  decision: z.string(),
  applied: z.string(),
  /** Who decided, or `none`. */
  by: z.string(),
  at: timeOrNever,
});

/** A document that grants or refuses permissions. */
export const Policy = kind('policy', {
  cloudAccount: z.string(),
  name: z.string(),
  /** Whether it may be given to several, or stands in its one holder. */
  type: z.enum(['managed', 'inline']),
  attachments: z.number().int(),
  /** The document in force, as the vendor writes it, decoded. */
  document: z.unknown(),
});

/** A document of the vendor's own, as it was in force in one cloud account that gives it to somebody. */
export const VendorPolicy = kind('vendor-policy', {
  cloudAccount: z.string(),
  name: z.string(),
  /** The document in force, as the vendor writes it, decoded. */
  document: z.unknown(),
});

/** A user or a role of a cloud account: whoever its policies let do something. */
export const Principal = kind('principal', {
  cloudAccount: z.string(),
  name: z.string(),
  type: z.enum(['user', 'role']),
  /** Ids of the policies that were given to it itself. It holds those of its groups besides. */
  policies: z.array(z.string()),
  /** Names of the groups of its cloud account that it is in. A role is in none. */
  groups: z.array(z.string()),
  /** The id of the policy that bounds what it may do, whatever it holds; or `none`. */
  boundary: z.string(),
});

/**
 * What a user or role of a cloud account may come to, by all that it holds and by every role that it may take on. No
 * dataset says this: it follows from everything that was read of the users and roles, see `controls/access/principals.ts`.
 */
export const PrincipalPower = kind('principal-power', {
  /** May do everything, or come to, in a known way. */
  administrator: z.boolean(),
  administratorBy: z.string(),
  /** May delete copies of its cloud account before their time; if so, whether a second factor is asked for on every way. */
  deletesCopies: z.enum(['no', 'with-second-factor', 'without']),
  deletesCopiesBy: z.string(),
  /** Was granted something that changes something, whatever denies or bounds it. It is asked of what Exhibit reads as. */
  changes: z.boolean(),
  changesBy: z.string(),
});

/** Who may take on a role of a cloud account, whatever they may do otherwise. */
export const RoleTrust = kind('role-trust', {
  cloudAccount: z.string(),
  name: z.string(),
  /** As the vendor writes it, decoded. */
  document: z.unknown(),
});

/** What restricts accounts of an organisation, whatever is granted inside them. */
export const Guardrail = kind('guardrail', {
  name: z.string(),
  /** The vendor's own word for what it is for, such as SERVICE_CONTROL_POLICY. */
  type: z.string(),
  /** The vendor made it. */
  builtIn: z.boolean(),
  /** The document in force, as the vendor writes it, decoded. */
  document: z.unknown(),
});

/** What a permission set grants by itself, in every account that it is provided in. */
export const RoleDocument = kind('role-document', {
  role: z.string(),
  cloudAccount: z.string(),
  document: z.unknown(),
});

/** Something that a policy holds for. */
export const PolicyAttachment = kind('policy-attachment', {
  policy: z.string(),
  /** A role, an account, or a part of an organisation. */
  holder: z.string(),
  /** What it is that it holds for, in the vendor's own word. */
  holderType: z.string(),
  name: z.string(),
});

/** A program that was let in. */
export const Application = kind('application', {
  name: z.string(),
  /** What it is known by wherever it is let in. */
  program: z.string(),
  /** The vendor's own word for what it is. */
  type: z.string(),
  /** Who made it: an organisation's id. */
  maker: z.string(),
  /** It is the vendor's own, and called the same everywhere. */
  builtIn: z.boolean(),
  /** What it lets programs do by themselves, each as `id name`. */
  offers: z.array(z.string()),
  /** Only those who were assigned to it get in. */
  assignmentRequired: z.boolean(),
  /** What it may, in the vendor's words, such as `contents: write`. */
  permissions: z.array(z.string()),
  /** Whether it reaches all repositories, those to come too, or some. */
  reach: z.enum(['all', 'selected']),
  grantedAt: time,
  suspended: z.boolean(),
});

/** A program of one's own as it was registered, whether or not it is let in anywhere. */
export const AppRegistration = kind('app-registration', {
  name: z.string(),
  program: z.string(),
  /** Who may sign in to it, in the vendor's words. */
  audience: z.string(),
  createdAt: time,
});
