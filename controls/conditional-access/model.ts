/** What must be shown at a sign-in: any second factor, or one that cannot be phished. No sign-in shows a refusal. */
export type Proof = 'mfa' | 'phishing-resistant' | 'refusal';

type List = readonly string[];
type Filter = 'none' | { readonly mode: 'include' | 'exclude'; readonly rule: string };
type Guests = 'none' | { readonly types: List; readonly tenants: 'all' | List };

/** An enabled policy as its record tells it. Lists hold ids or the vendor's words. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  readonly includeUsers: List;
  readonly excludeUsers: List;
  readonly includeGroups: List;
  readonly excludeGroups: List;
  readonly includeRoles: List;
  readonly excludeRoles: List;
  readonly includeGuests: Guests;
  readonly excludeGuests: Guests;
  readonly includeApplications: List;
  readonly excludeApplications: List;
  readonly applicationFilter: Filter;
  readonly includeUserActions: List;
  readonly includeContexts: List;
  readonly clientAppTypes: List;
  readonly includePlatforms: List;
  readonly excludePlatforms: List;
  readonly includeLocations: List;
  readonly excludeLocations: List;
  readonly deviceFilter: Filter;
  readonly signInRiskLevels: List;
  readonly userRiskLevels: List;
  readonly insiderRiskLevels: List;
  readonly programRiskLevels: List;
  readonly transferMethods: List;
  readonly includePrograms: List;
  readonly excludePrograms: List;
  /** What else is set, of which nobody here knows what it does. */
  readonly conditions: List;
  readonly operator: 'and' | 'or' | 'none';
  readonly grants: List;
  readonly customFactors: List;
  readonly termsOfUse: List;
  readonly strength: string;
}

/** A policy that may be enabled, and of which something is not told. It may ask anybody for anything. */
export interface UntoldPolicy {
  readonly id: string;
  readonly name: string;
  readonly untold: string;
}

export interface Strength {
  readonly combinations: readonly string[];
  readonly secondFactor: boolean;
}

export interface Place {
  readonly name: string;
  readonly trusted: boolean;
  /** It is a list of countries, the unknown among them. */
  readonly elsewhere: boolean;
}

/** Everything of a tenant that decides, and why there may be more of it; `null` where there is no more. */
export interface Tenant {
  readonly policies: readonly (Policy | UntoldPolicy)[];
  readonly strengths: ReadonlyMap<string, Strength>;
  readonly places: ReadonlyMap<string, Place>;
  readonly morePlaces: string | null;
}

/** Who signs in. */
export interface Account {
  readonly id: string;
  /** Whom it may belong to: `member`, or kinds of guests in the vendor's words. */
  readonly standing: readonly string[];
  /** Groups that it is in, by way of others too; and why that is not known of more of them. */
  readonly groups: ReadonlySet<string>;
  readonly moreGroups: (group: string) => string | null;
  /** Roles held over the whole directory. */
  readonly roles: ReadonlySet<string>;
  /** Roles held over a part of it, which policies do not see: https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups */
  readonly partialRoles: ReadonlySet<string>;
  /** Roles that a group holds in which it is; whether policies see those is not known. */
  readonly rolesByGroup: ReadonlySet<string>;
  readonly moreRoles: string | null;
}

/** A policy by which something is so. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Whether every sign-in that is asked about shows the proof: `forced` by these policies together, `open` on a way that
 * no policy closes, or `unknown`, with the way that may be open and why. `blocked` is who cannot sign in at all.
 */
export type Outcome =
  | { readonly kind: 'forced'; readonly by: readonly Named[]; readonly blocked: boolean }
  | { readonly kind: 'open'; readonly way: string }
  | { readonly kind: 'unknown'; readonly way: string; readonly why: readonly string[] };

/** Ids and words of Microsoft's differ not by case. */
export const lower = (texts: Iterable<string>): ReadonlySet<string> =>
  new Set([...texts].map((text) => text.toLowerCase()));

export const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
