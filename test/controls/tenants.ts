import type { Account, Place, Policy, Strength, Tenant } from '../../controls/conditional-access/model.ts';

/** Ids that read like Microsoft's, from short numbers. */
export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A policy that asks everybody for a second factor at every sign-in, unless it says otherwise. */
export function policy(name: string, said: Partial<Policy> = {}): Policy {
  return {
    id: name,
    name,
    includeUsers: ['All'],
    excludeUsers: [],
    includeGroups: [],
    excludeGroups: [],
    includeRoles: [],
    excludeRoles: [],
    includeGuests: 'none',
    excludeGuests: 'none',
    includeApplications: ['All'],
    excludeApplications: [],
    applicationFilter: 'none',
    includeUserActions: [],
    includeContexts: [],
    clientAppTypes: ['all'],
    includePlatforms: [],
    excludePlatforms: [],
    includeLocations: [],
    excludeLocations: [],
    deviceFilter: 'none',
    signInRiskLevels: [],
    userRiskLevels: [],
    insiderRiskLevels: [],
    programRiskLevels: [],
    transferMethods: [],
    includePrograms: [],
    excludePrograms: [],
    conditions: [],
    operator: 'or',
    grants: ['mfa'],
    customFactors: [],
    termsOfUse: [],
    strength: 'none',
    ...said,
  };
}

export const office = id(901);
export const branch = id(902);
export const home = id(903);
export const abroad = id(904);
const places: readonly (readonly [string, Place])[] = [
  [office, { name: 'Office', trusted: true, elsewhere: false }],
  [branch, { name: 'Branch', trusted: false, elsewhere: false }],
  [home, { name: 'Home countries', trusted: false, elsewhere: false }],
  [abroad, { name: 'Abroad', trusted: false, elsewhere: true }],
];

export const anyMfa = id(801);
export const strong = id(802);
export const passwordAnd = id(803);
const strengths: readonly (readonly [string, Strength])[] = [
  [anyMfa, { combinations: ['password,sms', 'fido2'], secondFactor: true }],
  [
    strong,
    { combinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'], secondFactor: true },
  ],
  [passwordAnd, { combinations: ['password'], secondFactor: false }],
];

export function tenant(policies: Tenant['policies'], said: Partial<Tenant> = {}): Tenant {
  return {
    policies,
    strengths: new Map(strengths),
    places: new Map(places),
    morePlaces: null,
    ...said,
  };
}

export const ada = id(1);

/** A member in no group and without roles. */
export function person(said: Partial<Account> = {}): Account {
  return {
    id: ada,
    standing: ['member'],
    groups: new Set(),
    moreGroups: () => null,
    roles: new Set(),
    partialRoles: new Set(),
    rolesByGroup: new Set(),
    moreRoles: null,
    ...said,
  };
}
