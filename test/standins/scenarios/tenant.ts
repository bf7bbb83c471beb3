import { asOf } from '../../controls/support.ts';
import type { Answer } from './world.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Ids of the form that Graph has, the same for the same thing. */
export function guid(name: string): string {
  if (/^[0-9a-f]{8}-/.test(name)) return name;
  const hex = Buffer.from(name).toString('hex').padEnd(32, '0').slice(-32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference#global-administrator */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

const grants: Readonly<Record<string, string>> = {
  MFA: 'mfa',
  BLOCK: 'block',
  PASSWORD_CHANGE: 'passwordChange',
  COMPLIANT_DEVICE: 'compliantDevice',
  DOMAIN_JOINED_DEVICE: 'domainJoinedDevice',
};
const clients: Readonly<Record<string, string>> = {
  ALL: 'all',
  BROWSER: 'browser',
  MOBILE_APPS_AND_DESKTOP_CLIENTS: 'mobileAppsAndDesktopClients',
  EXCHANGE_ACTIVE_SYNC: 'exchangeActiveSync',
  OTHER_CLIENTS: 'other',
};
const states: Readonly<Record<string, string>> = {
  ENABLED: 'enabled',
  DISABLED: 'disabled',
  ENABLED_FOR_REPORTING: 'enabledForReportingButNotEnforced',
};

/** Where the sample could not follow how a policy was built, and only says by what; `null` where it broke off. */
function built(text: string): Record<string, string[]> | null {
  const inside = /^<_make_\w+\((.*)\)>$/.exec(text)?.[1];
  if (inside === undefined) return null;
  const named = inside.matchAll(/(\w+)=\[([^\]]*)\]/g);
  return Object.fromEntries<string[]>(
    [...named].map(([, name = '', list]) => [
      name,
      list!.split(',').map((each) => each.trim().replaceAll("'", '')),
    ]),
  );
}

interface Built {
  readonly display_name: string;
  readonly state: string;
  readonly conditions: unknown;
  readonly grant_controls: unknown;
}

/** Whom a policy names, beside the vendor's words for many. */
const idsOf = (names: readonly string[]) =>
  names.map((name) => (['All', 'None', 'GuestsOrExternalUsers'].includes(name) ? name : guid(name)));

/** A policy as Graph tells it; `null` where the sample does not hold it. */
export function policyOf(written: unknown): Fields | null {
  if (typeof written === 'string') return null;
  const { display_name, state, conditions, grant_controls } = written as Built;
  const who = usersAndApplications(conditions);
  const asked = askedFor(grant_controls);
  return {
    id: guid(display_name),
    displayName: display_name,
    state: states[state],
    conditions: {
      ...who,
      signInRiskLevels: [],
      userRiskLevels: [],
      platforms: null,
      locations: null,
      devices: null,
    },
    grantControls: {
      operator: asked.operator,
      builtInControls: asked.controls.map((name) => {
        const word = grants[name];
        if (word === undefined) throw new Error(`${name} is not understood`);
        return word;
      }),
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength: null,
    },
    sessionControls: null,
  };
}

function usersAndApplications(conditions: unknown): Fields {
  const told =
    typeof conditions === 'string'
      ? { user_conditions: built(conditions) ?? {}, application_conditions: built(conditions) ?? {} }
      : (conditions as Fields);
  // A policy that is built without words is about everybody and everything.
  const all = typeof conditions === 'string' ? ['All'] : [];
  const users = told['user_conditions'] as Record<string, string[]> | null;
  const applications = told['application_conditions'] as Record<string, string[]> | null;
  const types = (told as { client_app_types?: readonly string[] }).client_app_types ?? [];
  return {
    users: {
      includeUsers: idsOf((users && (users['included_users'] ?? all)) ?? []),
      excludeUsers: idsOf(users?.['excluded_users'] ?? []),
      includeGroups: users?.['included_groups'] ?? [],
      excludeGroups: users?.['excluded_groups'] ?? [],
      includeRoles: users?.['included_roles'] ?? [],
      excludeRoles: users?.['excluded_roles'] ?? [],
      includeGuestsOrExternalUsers: null,
      excludeGuestsOrExternalUsers: null,
    },
    applications: {
      includeApplications: (applications && (applications['included_applications'] ?? all)) ?? [],
      excludeApplications: applications?.['excluded_applications'] ?? [],
      includeUserActions: applications?.['included_user_actions'] ?? [],
      includeAuthenticationContextClassReferences: [],
      applicationFilter: null,
    },
    clientAppTypes: types.length > 0 ? types.map((type) => clients[type]) : ['all'],
  };
}

function askedFor(written: unknown): { readonly operator: string; readonly controls: readonly string[] } {
  if (typeof written !== 'string') {
    const { operator, built_in_controls } = written as { operator: string; built_in_controls: string[] };
    return { operator, controls: built_in_controls };
  }
  const controls = built(written)?.['built_in_controls'] ?? ['MFA'];
  return {
    operator: 'OR',
    controls: controls.map((name) => name.replace('ConditionalAccessGrantControl.', '')),
  };
}

export interface Person {
  readonly id: string;
  readonly roles?: readonly string[];
  readonly guest?: boolean;
  readonly synchronized?: boolean;
}

/** Whom the scenarios about everybody leave out: somebody who administers, somebody who does not, and a guest. */
export const everybody: readonly Person[] = [
  { id: guid('ada'), roles: [globalAdministrator] },
  { id: guid('bob') },
  { id: guid('gus'), guest: true },
];

/** What every tenant answers, and these people in it. */
export function tenantOf(people: readonly Person[]): Answer[] {
  const value = (items: readonly unknown[]) => ({ value: items });
  return [
    {
      dataset: 'microsoft365/organization',
      value: value([{ id: guid('tenant'), displayName: 'Larkspur' }]),
    },
    {
      dataset: 'microsoft365/users',
      value: value(
        people.map(({ id, guest = false, synchronized = false }) => ({
          id,
          userPrincipalName: `${id}@larkspur.example`,
          accountEnabled: true,
          userType: guest ? 'Guest' : 'Member',
          createdDateTime: '2024-01-01T00:00:00Z',
          onPremisesSyncEnabled: synchronized,
          assignedLicenses: [],
        })),
      ),
    },
    {
      dataset: 'microsoft365/domains',
      value: value([{ id: 'larkspur.example', isVerified: true, authenticationType: 'Managed' }]),
    },
    {
      dataset: 'microsoft365/security-defaults',
      value: { id: guid('defaults'), displayName: 'Security defaults', isEnabled: false },
    },
    {
      dataset: 'microsoft365/role-assignments',
      value: value(
        people.flatMap(({ id, roles = [] }) => roles.map((role) => assignmentOf(id, role, 'user'))),
      ),
    },
  ];
}

export function assignmentOf(principalId: string, role: string, type: 'user' | 'servicePrincipal'): Fields {
  return {
    id: `${principalId} ${role}`,
    principalId,
    roleDefinitionId: role,
    directoryScopeId: '/',
    principal: { '@odata.type': `#microsoft.graph.${type}`, displayName: principalId },
  };
}

/** A time that the sample left as a formula: days before or after now. */
export function timeOf(written: string): string {
  const days = /timedelta\(days=(\d+)\)/.exec(written)?.[1];
  if (days === undefined) return written;
  const sign = written.includes(' - ') ? -1 : 1;
  return new Date(Date.parse(asOf) + sign * Number(days) * 86_400_000).toISOString();
}
