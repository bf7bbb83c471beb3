import type { LimitClass } from './limits.ts';
import type { M365Application, Microsoft365Model } from './model.ts';
import { within, type PageSize } from './query.ts';
import { renderAssignment, renderAudit, renderPolicy, renderRole, renderSku } from './render.ts';
import { renderOrganization, renderRegistration, renderUser } from './render-users.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a request asks of a route, beside its path. */
export interface Asked {
  readonly model: Microsoft365Model;
  readonly query: URLSearchParams;
  /** Whether the header that advanced queries need was sent. */
  readonly eventual: boolean;
}

/** How a path of Graph is answered: with a setting, or with items, each rendered when it is told. */
export type Route = Common & (Listing | Setting);

interface Common {
  /** Any one of these permissions will do. */
  readonly permissions: readonly string[];
  readonly limit: LimitClass;
  /** Resource units, where it is not one: https://learn.microsoft.com/graph/throttling-limits */
  readonly units?: number;
  /** Without Entra ID P1 there is only a refusal. */
  readonly premium?: boolean;
}

export interface Listing {
  readonly page: PageSize;
  /** Whether its items can be counted. */
  readonly counts?: boolean;
  /** The properties that are told where nothing is selected; all, unless told. */
  readonly usual?: readonly string[];
  /** `null` where they are asked for by a filter that is none. */
  readonly items: (asked: Asked) => readonly (() => Json)[] | null;
}

interface Setting {
  readonly setting: (asked: Asked) => Json;
}

const list = <T>(items: readonly T[], render: (item: T) => Json): (() => Json)[] =>
  items.map((item) => () => render(item));
const some = { largest: 999, usual: 100 };
const directory = {
  permissions: ['RoleManagement.Read.Directory', 'Directory.Read.All'],
  limit: 'identity',
} as const;

/** Properties that Graph tells of a user where nothing is selected: https://learn.microsoft.com/graph/api/user-list */
const usual =
  'businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName id';

/** Everything that is answered under `/v1.0`. */
export function routesOf(registrationPage: number): Readonly<Record<string, Route>> {
  return {
    organization: {
      permissions: ['Organization.Read.All', 'Directory.Read.All'],
      limit: 'identity',
      page: some,
      items: ({ model }) => list([model], renderOrganization),
    },
    users: {
      permissions: ['User.Read.All', 'Directory.Read.All'],
      limit: 'identity',
      units: 2,
      page: some,
      counts: true,
      usual: usual.split(' '),
      items: ({ model }) => list(model.users, renderUser),
    },
    'reports/authenticationMethods/userRegistrationDetails': {
      permissions: ['AuditLog.Read.All'],
      limit: 'reports',
      premium: true,
      page: { largest: registrationPage, usual: registrationPage },
      items({ model }) {
        const holders = new Set(model.assignments.map(({ principal }) => principal.id));
        const rows = model.users.filter(({ registration }) => registration !== 'left-out');
        return list(rows, (user) => renderRegistration(user, holders.has(user.id)));
      },
    },
    'identity/conditionalAccess/policies': {
      permissions: ['Policy.Read.All'],
      limit: 'conditional-access',
      page: some,
      items: ({ model }) => list(model.policies, renderPolicy),
    },
    'policies/identitySecurityDefaultsEnforcementPolicy': {
      permissions: ['Policy.Read.All'],
      limit: 'identity',
      setting: ({ model }) => ({
        id: '00000000-0000-0000-0000-000000000005',
        displayName: 'Security Defaults',
        description: 'The minimum that Microsoft recommends, as a whole.',
        isEnabled: model.securityDefaults,
      }),
    },
    'roleManagement/directory/roleDefinitions': {
      ...directory,
      page: some,
      items: ({ model }) => list(model.roles, renderRole),
    },
    'roleManagement/directory/roleAssignments': {
      ...directory,
      page: some,
      items: ({ model, query }) =>
        list(model.assignments, (assignment) =>
          renderAssignment(assignment, query.get('$expand') === 'principal' ? model.users : null),
        ),
    },
    subscribedSkus: {
      permissions: ['Organization.Read.All', 'Directory.Read.All'],
      limit: 'identity',
      units: 3,
      page: some,
      items: ({ model }) => list(model.skus, (sku) => renderSku(model.tenant, sku)),
    },
    'auditLogs/directoryAudits': {
      permissions: ['AuditLog.Read.All'],
      limit: 'reports',
      page: { largest: 999, usual: 999 },
      items({ model, query }) {
        const audits = within(model.audits, query.get('$filter'));
        return audits && list(audits, renderAudit);
      },
    },
  };
}

/** Whether somebody consented to what a route needs. */
export function mayRead({ permissions }: M365Application, route: Route): boolean {
  return route.permissions.some((permission) => permissions.includes(permission));
}
