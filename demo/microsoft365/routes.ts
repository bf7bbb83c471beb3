import type { M365Application } from './model.ts';
import { renderAssignment, renderAudit, renderPolicy, renderRole, renderSku } from './render.ts';
import { renderOrganization, renderRegistration, renderUser } from './render-users.ts';
import { list, some, type Route } from './route.ts';
import { activityRoutes } from './routes-activity.ts';
import { estateRoutes } from './routes-estate.ts';
import { settingRoutes } from './routes-settings.ts';

const directory = {
  permissions: ['RoleManagement.Read.Directory', 'Directory.Read.All'],
  limit: 'identity',
} as const;

/** Properties that Graph tells of a user where nothing is selected: https://learn.microsoft.com/graph/api/user-list */
const usual =
  'businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName id';

/** Everything that is answered under `/v1.0`; what is answered by the preview alone begins with `beta`. */
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
      dear: {
        property: 'signInActivity',
        largest: 500,
        permissions: ['AuditLog.Read.All'],
        needs: 'p1',
      },
      items: ({ model }) => list(model.users, renderUser),
    },
    'reports/authenticationMethods/userRegistrationDetails': {
      permissions: ['AuditLog.Read.All'],
      limit: 'reports',
      needs: 'p1',
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
      filters: ['activityDateTime'],
      items: ({ model }) => list(model.audits, renderAudit),
    },
    ...settingRoutes,
    ...estateRoutes,
    ...activityRoutes,
  };
}

/** Whether somebody consented to what a route needs. */
export function mayRead(
  { permissions }: M365Application,
  { permissions: any }: Pick<Route, 'permissions'>,
): boolean {
  return any.some((permission) => permissions.includes(permission));
}
