import { z } from 'zod';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { silent } from './scope.ts';

const names = z.array(z.string()).nullish();
const Filter = z.object({ mode: z.enum(['include', 'exclude']), rule: z.string() }).nullish();
/** Kinds of guests stand in one text, behind commas: https://learn.microsoft.com/graph/api/resources/conditionalaccessguestsorexternalusers */
const Guests = z
  .object({
    guestOrExternalUserTypes: z.string(),
    externalTenants: z.object({ membershipKind: z.string(), members: names }).nullish(),
  })
  .nullish();

/** Conditions of a policy that are read beside users and applications. What is null is not set; what is missing is not told. */
const Narrowing = z.object({
  users: z.object({ includeGuestsOrExternalUsers: Guests, excludeGuestsOrExternalUsers: Guests }).nullish(),
  applications: z
    .object({
      includeUserActions: names,
      includeAuthenticationContextClassReferences: names,
      applicationFilter: Filter,
    })
    .nullish(),
  platforms: z.object({ includePlatforms: names, excludePlatforms: names }).nullish(),
  locations: z.object({ includeLocations: names, excludeLocations: names }).nullish(),
  devices: z.object({ deviceFilter: Filter }).nullish(),
  clientApplications: z
    .object({ includeServicePrincipals: names, excludeServicePrincipals: names })
    .nullish(),
  signInRiskLevels: names,
  userRiskLevels: names,
  servicePrincipalRiskLevels: names,
  insiderRiskLevels: z.string().nullish(),
  authenticationFlows: z.object({ transferMethods: z.string().nullish() }).nullish(),
});

export const narrowingFields = [
  ...([
    'includeGuests',
    'excludeGuests',
    'includeUserActions',
    'includeContexts',
    'applicationFilter',
  ] as const),
  ...([
    'includePlatforms',
    'excludePlatforms',
    'includeLocations',
    'excludeLocations',
    'deviceFilter',
  ] as const),
  ...(['includePrograms', 'excludePrograms', 'signInRiskLevels', 'userRiskLevels'] as const),
  ...(['programRiskLevels', 'insiderRiskLevels', 'transferMethods'] as const),
] as const;

/**
 * The conditions as fields of a record. Those of a form that nobody knows yet leave all of them unknown, and the policy
 * be. What came to Graph later (programs, their risk, that of insiders, flows) it names where it is set, and not always
 * where it is not.
 */
export function narrowingOf(conditions: unknown) {
  const told = Narrowing.safeParse(conditions);
  const { users, applications, ...rest } = told.data ?? {};
  const later = <T>(value: T | null | undefined) => (told.success ? (value ?? null) : undefined);
  const { platforms, locations, devices, clientApplications, authenticationFlows } = rest;
  return {
    includeGuests: guestsOf(users?.includeGuestsOrExternalUsers),
    excludeGuests: guestsOf(users?.excludeGuestsOrExternalUsers),
    includeUserActions: listOf(applications?.includeUserActions),
    includeContexts: listOf(applications?.includeAuthenticationContextClassReferences),
    applicationFilter: orNone(applications?.applicationFilter),
    includePlatforms: listOf(platforms && platforms.includePlatforms),
    excludePlatforms: listOf(platforms && platforms.excludePlatforms),
    includeLocations: listOf(locations && locations.includeLocations),
    excludeLocations: listOf(locations && locations.excludeLocations),
    deviceFilter: orNone(devices && devices.deviceFilter),
    includePrograms: listOf(later(clientApplications?.includeServicePrincipals)),
    excludePrograms: listOf(later(clientApplications?.excludeServicePrincipals)),
    signInRiskLevels: listOf(rest.signInRiskLevels),
    userRiskLevels: listOf(rest.userRiskLevels),
    programRiskLevels: listOf(later(rest.servicePrincipalRiskLevels)),
    insiderRiskLevels: listOf(split(later(rest.insiderRiskLevels))),
    transferMethods: listOf(split(later(authenticationFlows?.transferMethods))),
  };
}

/** Conditions that Graph names with every policy, null or empty where they are not set. */
const always = {
  users: ['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'],
  applications: ['includeUserActions', 'includeAuthenticationContextClassReferences', 'applicationFilter'],
  others: ['signInRiskLevels', 'userRiskLevels', 'platforms', 'locations', 'devices'],
} as const;
type Told = Readonly<Record<string, unknown>> | null | undefined;

/** Whether an answer names them all: one that is left out may be set, and narrow the policy to fewer sign-ins. */
export function tellsAll({
  users,
  applications,
  ...others
}: { readonly users?: Told; readonly applications?: Told } & Readonly<Record<string, unknown>>): boolean {
  const told = (part: Told, names: readonly string[]) =>
    part === null || (part !== undefined && names.every((name) => part[name] !== undefined));
  return told(users, always.users) && told(applications, always.applications) && told(others, always.others);
}

/** Several values in one text, as Graph writes flags. */
function split(text: string | null | undefined): string[] | null | undefined {
  return (
    text?.split(',').filter((each) => each !== '' && each !== 'none') ?? (text === null ? null : undefined)
  );
}

export function listOf(value: readonly string[] | null | undefined): string[] | Unknown {
  return known(value === null ? [] : value && [...value], silent);
}

function orNone<T>(value: T | null | undefined): T | 'none' | Unknown {
  return known<T | 'none'>(value === null ? 'none' : value, silent);
}

function guestsOf(guests: z.output<typeof Guests>) {
  if (!guests) return orNone<never>(guests);
  const { guestOrExternalUserTypes, externalTenants } = guests;
  const every = externalTenants === null || externalTenants?.membershipKind === 'all';
  const tenants = every ? ('all' as const) : externalTenants?.members;
  if (!tenants) return { unknown: silent };
  return { types: guestOrExternalUserTypes.split(','), tenants };
}
