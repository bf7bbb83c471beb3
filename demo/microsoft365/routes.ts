import type { M365Application, M365Audit, Microsoft365Model } from './model.ts';
import type { LimitClass } from './limits.ts';
import {
  renderAssignment,
  renderAudit,
  renderPolicy,
  renderRegistration,
  renderSku,
  renderUser,
} from './render.ts';

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
  /** Without Entra ID P1 there is only a refusal. */
  readonly premium?: boolean;
}

export interface Listing {
  /** The largest page, and the one that is given where nothing is asked. */
  readonly page: { readonly largest: number; readonly usual: number };
  /** Whether its items can be counted. */
  readonly counts?: boolean;
  readonly items: (asked: Asked) => readonly (() => Json)[];
}

export interface Setting {
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
      items: ({ model, query }) =>
        list(
          [{ id: model.tenant, displayName: model.name, tenantType: 'AAD', verifiedDomains: [] }],
          (item) => selected(item, query),
        ),
    },
    users: {
      permissions: ['User.Read.All', 'Directory.Read.All'],
      limit: 'identity',
      page: some,
      counts: true,
      items: ({ model, query }) => list(model.users, (user) => selected(renderUser(user), query, usual)),
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
      items: ({ model, query }) =>
        list(model.roles, ({ id, name, builtIn }) =>
          selected(
            { id, templateId: id, displayName: name, description: name, isBuiltIn: builtIn, isEnabled: true },
            query,
          ),
        ),
    },
    'roleManagement/directory/roleAssignments': {
      ...directory,
      page: some,
      items: ({ model, query }) =>
        list(model.assignments, (assignment) =>
          renderAssignment(assignment, query.get('$expand') === 'principal'),
        ),
    },
    subscribedSkus: {
      permissions: ['Organization.Read.All', 'Directory.Read.All'],
      limit: 'identity',
      page: some,
      items: ({ model }) => list(model.skus, (sku) => renderSku(model.tenant, sku)),
    },
    'auditLogs/directoryAudits': {
      permissions: ['AuditLog.Read.All'],
      limit: 'reports',
      page: { largest: 999, usual: 999 },
      items: ({ model, query }) => list(within(model.audits, query.get('$filter') ?? ''), renderAudit),
    },
  };
}

/** Whether somebody consented to what a route needs. */
export function mayRead({ permissions }: M365Application, route: Route): boolean {
  return route.permissions.some((permission) => permissions.includes(permission));
}

function selected(item: Json, query: URLSearchParams, otherwise?: string): Json {
  const names = query.get('$select')?.split(',') ?? otherwise?.split(' ');
  if (!names) return item;
  return Object.fromEntries(names.flatMap((name) => (name in item ? [[name, item[name]]] : [])));
}

/** The audits of an interval, by the filter that Graph takes for it. */
function within(audits: readonly M365Audit[], filter: string): readonly M365Audit[] {
  const bounds = filter.split(' and ').flatMap((part) => {
    const [, operator, time] = /^activityDateTime (ge|gt|le|lt) (\S+)$/.exec(part.trim()) ?? [];
    return operator === undefined || time === undefined ? [] : [{ operator, at: Date.parse(time) }];
  });
  return audits.filter(({ at }) =>
    bounds.every(({ operator, at: bound }) => {
      const time = Date.parse(at);
      if (operator === 'ge') return time >= bound;
      if (operator === 'gt') return time > bound;
      return operator === 'le' ? time <= bound : time < bound;
    }),
  );
}
