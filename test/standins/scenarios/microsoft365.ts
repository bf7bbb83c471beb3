import { microsoft365 } from '../../../collectors/microsoft365/index.ts';
import type { Check, Scenario } from './scenario.ts';
import {
  assignmentOf,
  everybody,
  globalAdministrator,
  guid,
  policyOf,
  tenantOf,
  timeOf,
  type Fields,
  type Person,
} from './tenant.ts';
import { worldOf, type Answer } from './world.ts';

const scope = { tenant: 'larkspur.example', url: 'https://graph.microsoft.com' };

const stateOf = (scenario: Scenario) => scenario.tenant_state ?? {};
const each = (scenario: Scenario, name: string) =>
  Object.values((stateOf(scenario)[name] ?? {}) as Readonly<Record<string, Fields>>);

function worldIn(people: readonly Person[], answers: readonly Answer[], refused: readonly string[] = []) {
  // What a scenario answers takes the place of what every tenant does.
  const told = new Set(answers.map(({ dataset }) => dataset));
  const others = tenantOf(people).filter(({ dataset }) => !told.has(dataset));
  return worldOf({ collector: microsoft365, scope, answers: [...others, ...answers], refused });
}

/** What conditional access asks of these people. */
function access(people: readonly Person[]): Check['world'] {
  return (scenario) => {
    const written = stateOf(scenario)['conditional_access_policies'];
    if (written === undefined) return null;
    const policies = Object.values(written as Fields).map(policyOf);
    if (policies.includes(null)) return null;
    // Whoever a policy names is in the tenant, too.
    const named = new Set(policies.flatMap((policy) => peopleIn(policy)));
    const others = [...named].filter((id) => !people.some((person) => person.id === id));
    return worldIn(
      [...people, ...others.map((id) => ({ id }))],
      [{ dataset: 'microsoft365/conditional-access-policies', value: { value: policies } }],
    );
  };
}

function peopleIn(policy: Fields | null): readonly string[] {
  const { users } = policy?.['conditions'] as { readonly users: Record<string, readonly string[]> };
  return [...users['includeUsers']!, ...users['excludeUsers']!].filter((id) => id.includes('-'));
}

/** The roles that the check of administrators asks about, as one of its scenarios names them. */
const administrators: readonly string[] = [
  ...['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'c4e39bd9-1100-46d3-8c65-fb160da0071f'],
  ...['b0f54661-2d74-4c50-afa3-1ec803f12efe', '158c047a-c907-4556-b7ef-446551a6b5f7'],
  ...['b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', '29232cdf-9323-42fd-ade2-1d097af3e4de'],
  ...[globalAdministrator, 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'],
  ...['729827e3-9c14-49f7-bb1b-9608f156bbb8', '966707d0-3269-4727-9be2-8c3a10f19b9d'],
  ...['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', 'e8611ab8-c189-46e8-94e1-60213ab1f814'],
  ...['194ae4cb-b126-40b2-bd5b-6091b380977d', 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c'],
  'fe930be7-5e62-47db-91af-98c3a49a38b1',
];

const globalAdministrators: Check['world'] = (scenario) => {
  const people = each(scenario, 'directory_roles').flatMap(({ members }) =>
    (members as readonly Fields[]).map(({ name }) => ({
      id: guid(String(name)),
      roles: [globalAdministrator],
    })),
  );
  return worldIn(people, []);
};

const cloudOnly: Check['world'] = (scenario) =>
  worldIn(
    each(scenario, 'users').map(({ id, directory_roles_ids, on_premises_sync_enabled }) => ({
      id: guid(String(id)),
      roles: (directory_roles_ids as readonly string[]).map((role) =>
        role.startsWith('<GLOBAL') ? globalAdministrator : guid(role),
      ),
      synchronized: on_premises_sync_enabled === true,
    })),
    [],
  );

/** The one account for emergencies of which the sample tells something, well set but for what the scenario says. */
const emergency = (scenario: Scenario) =>
  each(scenario, 'users').map((user) => ({ ...user, account: guid(String(user['name'])) }));

const emergencyWorld: Check['world'] = (scenario) => {
  const people = emergency(scenario);
  const details = 'microsoft365/user-registration-details';
  return worldIn(
    people.map(({ account }) => ({ id: account, roles: [globalAdministrator] })),
    [
      {
        dataset: details,
        value: {
          value: people.map((user) => ({
            id: user.account,
            userPrincipalName: `${user.account}@larkspur.example`,
            methodsRegistered: (user as Fields)['authentication_methods'],
          })),
        },
      },
    ],
    stateOf(scenario)['user_registration_details_error'] === null ? [] : [details],
  );
};

/** An answer that a scenario has or has not; where it has none, it was not read. */
function single(
  dataset: string,
  name: string,
  value: (state: Fields) => Fields,
  besides: readonly Answer[] = [],
): Check['world'] {
  return (scenario) => {
    const state = stateOf(scenario)[name] as Fields | null | undefined;
    const known = state && Object.keys(state).length > 0;
    return worldIn(
      everybody,
      [...besides, ...(known ? [{ dataset, value: value(state) }] : [])],
      [...(known ? [] : [dataset])],
    );
  };
}

/** https://learn.microsoft.com/graph/api/resources/authorizationpolicy#properties */
const inviters: Readonly<Record<string, string>> = {
  '<EVERYONE.value>': 'everyone',
  '<ADMINS_AND_GUEST_INVITERS.value>': 'adminsAndGuestInviters',
  '<NONE.value>': 'none',
};

const secretsOf = (written: unknown) =>
  (written as readonly Fields[]).map(({ display_name, end_date_time }) => ({
    keyId: String(display_name),
    displayName: display_name,
    // A password of which no end is told has none, as the check takes it.
    endDateTime: end_date_time === undefined ? null : timeOf(end_date_time as string),
  }));

const programs: Check['world'] = (scenario) => {
  const known = each(scenario, 'service_principals').map((program) => ({
    id: guid(String(program['name'])),
    program,
  }));
  return worldIn(everybody, [
    {
      dataset: 'microsoft365/service-principals',
      value: {
        value: known.map(({ id, program }) => ({
          id,
          appId: guid(`of ${String(program['name'])}`),
          displayName: program['name'],
          accountEnabled: true,
          passwordCredentials: secretsOf(program['password_credentials']),
          keyCredentials: secretsOf(program['key_credentials']),
        })),
      },
    },
    {
      dataset: 'microsoft365/role-assignments',
      value: {
        value: [
          assignmentOf(guid('ada'), globalAdministrator, 'user'),
          ...known.flatMap(({ id, program }) =>
            (program['directory_role_template_ids'] as readonly string[]).map((role) =>
              assignmentOf(id, role, 'servicePrincipal'),
            ),
          ),
        ],
      },
    },
  ]);
};

const registrations: Check['world'] = (scenario) =>
  worldIn(everybody, [
    {
      dataset: 'microsoft365/applications',
      value: {
        value: each(scenario, 'app_registrations').map(({ name, password_credentials }) => ({
          id: guid(String(name)),
          displayName: name,
          passwordCredentials: secretsOf(password_credentials),
          keyCredentials: [],
        })),
      },
    },
  ]);

export const microsoft365Checks: readonly Check[] = [
  {
    check: 'entra_users_mfa_enabled',
    control: 'mfa-required-all-users-m365',
    world: access(everybody),
  },
  ...['entra_all_apps_conditional_access_coverage', 'entra_conditional_access_policy_all_apps_all_users'].map(
    (check): Check => ({ check, control: 'mfa-required-all-users-m365', world: access(everybody) }),
  ),
  {
    check: 'entra_admin_users_mfa_enabled',
    control: 'mfa-required-admins-m365',
    world: access(administrators.map((role) => ({ id: guid(`holder ${role}`), roles: [role] }))),
  },
  {
    check: 'entra_legacy_authentication_blocked',
    control: 'legacy-auth-blocked-m365',
    world: access(everybody),
  },
  {
    check: 'entra_conditional_access_policy_mfa_enforced_for_guest_users',
    control: 'mfa-required-guests-m365',
    world: access(everybody),
  },
  {
    check: 'admincenter_users_between_two_and_four_global_admins',
    control: 'admin-count-bounded-m365',
    world: globalAdministrators,
  },
  { check: 'entra_admin_users_cloud_only', control: 'admin-separate-accounts-m365', world: cloudOnly },
  {
    check: 'entra_break_glass_account_fido2_security_key_registered',
    control: 'break-glass-controlled',
    parameters: (scenario) => ({ emergencyAccounts: emergency(scenario).map(({ account }) => account) }),
    world: emergencyWorld,
  },
  {
    check: 'entra_policy_restricts_user_consent_for_apps',
    control: 'user-consent-limited-m365',
    world: single('microsoft365/authorization-policy', 'authorization_policy', ({ id, ...policy }) => ({
      id: String(id),
      defaultUserRolePermissions: {
        permissionGrantPoliciesAssigned: (policy['default_user_role_permissions'] as Fields)[
          'permission_grant_policies_assigned'
        ],
      },
    })),
  },
  {
    check: 'sharepoint_external_sharing_restricted',
    control: 'external-sharing-restricted',
    world: single(
      'microsoft365/sharepoint-settings',
      'settings',
      ({ sharingCapability }) => ({
        // The check writes it with a capital, Graph without: https://learn.microsoft.com/graph/api/resources/sharepointsettings
        sharingCapability: String(sharingCapability).replace(/^E/, 'e'),
      }),
      [{ dataset: 'microsoft365/authorization-policy', value: { id: 'one', allowInvitesFrom: 'none' } }],
    ),
  },
  {
    check: 'entra_policy_guest_invite_only_for_admin_roles',
    control: 'external-sharing-restricted',
    parameters: () => ({ inviters: 'adminsAndGuestInviters' }),
    world: single(
      'microsoft365/authorization-policy',
      'authorization_policy',
      ({ id, guest_invite_settings }) => ({
        id: String(id),
        allowInvitesFrom: inviters[String(guest_invite_settings)],
      }),
      [{ dataset: 'microsoft365/sharepoint-settings', value: { sharingCapability: 'disabled' } }],
    ),
  },
  {
    check: 'intune_device_compliance_policy_unassigned_devices_not_compliant_by_default',
    control: 'device-compliance-baseline',
    world: single(
      'microsoft365/device-management-settings',
      'settings',
      ({ secure_by_default }) => ({ id: 'one', settings: { secureByDefault: secure_by_default } }),
      [
        {
          dataset: 'microsoft365/managed-devices',
          value: { value: [{ id: guid('device'), complianceState: 'compliant' }] },
        },
      ],
    ),
  },
  {
    check: 'exchange_external_email_tagging_enabled',
    control: 'external-mail-tagged',
    world: (scenario) =>
      worldIn(everybody, [
        {
          dataset: 'microsoft365/exchange-external-in-outlook',
          value: {
            value: each(scenario, 'external_mail_config').map(({ external_mail_tag_enabled }) => ({
              Enabled: external_mail_tag_enabled,
              AllowList: [],
            })),
          },
        },
      ]),
  },
  {
    check: 'entra_service_principal_no_secrets_for_permanent_tier0_roles',
    control: 'service-admin-secrets',
    world: programs,
  },
  {
    check: 'entra_app_registration_client_secret_unused',
    control: 'app-secrets-expiry',
    world: registrations,
  },
];
