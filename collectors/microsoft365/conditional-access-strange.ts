/** Names of properties that fields of a record tell; `true` where whatever is inside is told or does not matter. */
interface Known {
  readonly [property: string]: true | Known;
}

const guests: Known = {
  guestOrExternalUserTypes: true,
  externalTenants: { membershipKind: true, members: true },
};
const filter: Known = { mode: true, rule: true };

const known: Known = {
  conditions: {
    users: {
      ...{ includeUsers: true, includeGroups: true, includeRoles: true },
      ...{ excludeUsers: true, excludeGroups: true, excludeRoles: true },
      ...{ includeGuestsOrExternalUsers: guests, excludeGuestsOrExternalUsers: guests },
    },
    applications: {
      ...{ includeApplications: true, excludeApplications: true, applicationFilter: filter },
      ...{ includeUserActions: true, includeAuthenticationContextClassReferences: true },
    },
    clientAppTypes: true,
    platforms: { includePlatforms: true, excludePlatforms: true },
    locations: { includeLocations: true, excludeLocations: true },
    devices: { deviceFilter: filter },
    // Agents and filters of programs, which the preview alone tells of, are not among them.
    clientApplications: { includeServicePrincipals: true, excludeServicePrincipals: true },
    ...{ signInRiskLevels: true, userRiskLevels: true, servicePrincipalRiskLevels: true },
    insiderRiskLevels: true,
    authenticationFlows: { transferMethods: true },
  },
  grantControls: {
    ...{ operator: true, builtInControls: true, customAuthenticationFactors: true, termsOfUse: true },
    authenticationStrength: true,
  },
};

/** What is set in a policy, or in a part of it, and told by no field, by its path: nobody here knows what it does. */
export function strangeIn(
  part: Readonly<Record<string, unknown>>,
  told: Known = known,
  path: readonly string[] = [],
): string[] {
  return Object.entries(part).flatMap(([name, value]) => {
    const inside = told[name];
    if (name.includes('@') || isEmpty(value) || inside === true) return [];
    if (inside === undefined || !isObject(value)) return [[...path, name].join('.')];
    return strangeIn(value, inside, [...path, name]);
  });
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
