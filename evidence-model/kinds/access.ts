import { z } from 'zod';
import { kind } from '../kind.ts';
import { time } from './time.ts';

/** A set of permissions that others can take on. */
export const Role = kind('role', {
  cloudAccount: z.string(),
  name: z.string(),
  createdAt: time,
  attachedPolicies: z.array(z.string()),
  /** The vendor made it, and means the same by it everywhere. */
  builtIn: z.boolean(),
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

/** A rule that decides, at sign-in, whether somebody must show a second factor. Lists hold ids or the vendor's words. */
export const SignInPolicy = kind('sign-in-policy', {
  name: z.string(),
  mechanism: z.enum(['conditional-access', 'security-defaults']),
  state: z.enum(['enabled', 'report-only', 'disabled']),
  /** What it asks of those it reaches: `mfa-or-else` is met by something else too, `other` by no second factor. */
  asks: z.enum(['mfa', 'mfa-or-else', 'block', 'other']),
  includeUsers: z.array(z.string()),
  excludeUsers: z.array(z.string()),
  includeGroups: z.array(z.string()),
  excludeGroups: z.array(z.string()),
  includeRoles: z.array(z.string()),
  excludeRoles: z.array(z.string()),
  includeApplications: z.array(z.string()),
  excludeApplications: z.array(z.string()),
  clientAppTypes: z.array(z.string()),
  /** Every other condition that is set, by the vendor's name: each may keep the policy from reaching somebody. */
  conditions: z.array(z.string()),
});

/** A document that grants or refuses permissions. */
export const Policy = kind('policy', {
  cloudAccount: z.string(),
  name: z.string(),
  attachments: z.number().int(),
  /** The document in force, as the vendor writes it, decoded. */
  document: z.unknown(),
});

/** A program of somebody else's that was let in. */
export const Application = kind('application', {
  name: z.string(),
  /** What it may, in the vendor's words, such as `contents: write`. */
  permissions: z.array(z.string()),
  /** Whether it reaches all repositories, those to come too, or some. */
  reach: z.enum(['all', 'selected']),
  grantedAt: time,
  suspended: z.boolean(),
});
