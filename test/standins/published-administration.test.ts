import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { authenticationMethodsPolicy } from '../../collectors/microsoft365/authentication-methods-policy.ts';
import { authorizationPolicy } from '../../collectors/microsoft365/authorization-policy.ts';
import { roleAssignmentSchedules } from '../../collectors/microsoft365/role-assignment-schedules.ts';
import { roleAssignments } from '../../collectors/microsoft365/role-assignments.ts';
import { roleManagementPolicies } from '../../collectors/microsoft365/role-management-policies.ts';
import { users } from '../../collectors/microsoft365/users.ts';
import type { Result } from '../../controls/result.ts';
import { judged, type Told } from '../controls/support.ts';
import { globalAdministrator } from '../controls/worlds.ts';
import { haveSamples, sample } from '../support/samples.ts';
import { guid, toldOnce } from './published.ts';

/*
 * CISA's own cases of its baseline for Entra ID that are about administrators, what people may let in and how they may
 * sign in, each with the verdict of its own check, read by our datasets and judged by our controls. Its cases of
 * conditional access stand in a file of their own.
 */
const Json = z.record(z.string(), z.unknown());
type Json = z.output<typeof Json>;
const Case = z.object({
  id: z.string(),
  input: Json,
  expected: z.tuple([z.object({ policy: z.string(), requirement_met: z.boolean() })]),
});
type Case = z.output<typeof Case>;
const { cases } = z
  .object({ cases: z.array(Case) })
  .parse(haveSamples ? sample('scubagear/aad-rego-cases.json') : { cases: [] });

/** Their tool writes names in capitals, and times in its own way: the answers of Graph that it read had neither. */
function inGraph(value: unknown): unknown {
  if (typeof value === 'string') {
    const [, milliseconds] = /^\/Date\((-?\d+)\)\/$/.exec(value) ?? [];
    return milliseconds === undefined ? value : new Date(Number(milliseconds)).toISOString();
  }
  if (Array.isArray(value)) return value.map(inGraph);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      inGraph(inside),
    ]),
  );
}

/** What they call roles, as ids; there are two of which an id does not matter. */
const roleId = (name: string) => (name === 'Global Administrator' ? globalAdministrator : guid(name));

const Held = z.object({
  principalId: z.string(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
});
const Rule = z.object({ id: z.string(), ruleSourceType: z.string(), setting: Json.nullish() });
const PrivilegedRole = z.object({
  displayName: z.string(),
  assignments: z.array(Held).nullish(),
  rules: z.array(Rule),
});
const ServicePlans = z.array(z.object({ servicePlanName: z.string() }));
const Accepted = z.object({ Users: z.array(z.string()), Groups: z.array(z.string()) });

const organization: Told = {
  dataset: 'microsoft365/organization',
  kinds: { organization: { speaks: ['name'], lists: true } },
  records: [{ kind: 'organization', id: 'tenant', name: 'Example' }],
};
const noGroups: readonly Told[] = [
  {
    dataset: 'microsoft365/role-assignable-groups',
    kinds: { group: { speaks: ['assignableToRoles'], lists: true } },
    records: [],
  },
  {
    dataset: 'microsoft365/role-assignable-group-members',
    kinds: { 'effective-membership': { speaks: ['group', 'account', 'accountType'], lists: true } },
    records: [],
  },
];

const assignment = (account: string, role: string, type: 'user' | 'group') => ({
  id: `${role}:${account}`,
  principalId: account,
  roleDefinitionId: role,
  directoryScopeId: '/',
  principal: { '@odata.type': `#microsoft.graph.${type}`, displayName: account },
});

const PrivilegedUsers = z.record(
  z.string(),
  z.object({ OnPremisesImmutableId: z.string().nullish(), roles: z.array(z.string()) }),
);

/** Users with their roles. Whoever has an id of a directory on premises is kept in step with it. */
function withUsers({ input }: Case): Told[] {
  const people = Object.entries(PrivilegedUsers.parse(input['privileged_users']));
  return [
    organization,
    toldOnce(users, {
      value: people.map(([name, { OnPremisesImmutableId }]) => ({
        id: guid(name),
        userPrincipalName: `${name}@example.com`,
        accountEnabled: true,
        userType: 'Member',
        createdDateTime: '2024-01-01T00:00:00Z',
        onPremisesSyncEnabled: OnPremisesImmutableId ? true : null,
        assignedLicenses: [],
      })),
    }),
    toldOnce(roleAssignments, {
      value: people.flatMap(([name, { roles }]) =>
        roles.map((role) => assignment(guid(name), roleId(role), 'user')),
      ),
    }),
    {
      dataset: 'microsoft365/subscribed-skus',
      kinds: { licence: { speaks: ['services', 'plans'], lists: true } },
      records: [],
    },
    ...noGroups,
  ];
}

/**
 * Roles with who holds them until when, and with their rules. Of what a case does not tell, whoever holds a role with an
 * end has taken it on, by an assignment of their own, and every rule that a check does not look at is as the baseline
 * wants it. Who is accepted as a group is one.
 */
function withRoles({ input, expected: [{ policy }] }: Case): Told[] {
  const roles = z.array(PrivilegedRole).parse(inGraph(input['privileged_roles']));
  const held = roles.flatMap(({ displayName, assignments, rules }) =>
    (assignments ?? []).map((each) => ({
      ...each,
      role: roleId(displayName),
      // A role comes once more for each group that is taken on for it, with the rules of that.
      type:
        acceptedIn(input, policy).Groups.includes(each.principalId) ||
        rules.some(({ ruleSourceType }) => ruleSourceType === 'PIM Group')
          ? ('group' as const)
          : ('user' as const),
    })),
  );
  const own = roles.flatMap(({ displayName, rules }) =>
    rules.every(({ ruleSourceType }) => ruleSourceType === 'Directory Role')
      ? [{ role: roleId(displayName), rules }]
      : [],
  );
  const services = ServicePlans.parse(inGraph(input['service_plans'] ?? []));
  const groups = held.filter(({ type }) => type === 'group').map(({ principalId }) => principalId);
  return [
    {
      dataset: 'microsoft365/role-definitions',
      kinds: { role: { speaks: ['name'], lists: true } },
      records: [...new Set(roles.map(({ displayName }) => displayName))].map((name) => ({
        kind: 'role',
        id: roleId(name),
        name,
      })),
    },
    toldOnce(roleAssignments, {
      value: held.map(({ principalId, role, type }) => assignment(principalId, role, type)),
    }),
    toldOnce(roleAssignmentSchedules, {
      value: held.flatMap(({ principalId, role, startDateTime, endDateTime, type }) =>
        type === 'group'
          ? []
          : [
              {
                id: `${role}:${principalId}`,
                principalId,
                roleDefinitionId: role,
                directoryScopeId: '/',
                memberType: 'Direct',
                // What was never started was given outside of what lets people take roles on.
                assignmentType: startDateTime && endDateTime ? 'Activated' : 'Assigned',
                startDateTime: startDateTime ?? undefined,
                endDateTime: endDateTime ?? null,
              },
            ],
      ),
    }),
    toldOnce(roleManagementPolicies, {
      value: own.map(({ role, rules }) => ({
        id: `rules of ${role}`,
        roleDefinitionId: role,
        policy: {
          rules: [
            ...(policy === 'MS.AAD.7.6v1'
              ? []
              : [{ id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: true } }]),
            ...rules,
            {
              id: 'Enablement_EndUser_Assignment',
              enabledRules: ['MultiFactorAuthentication', 'Justification'],
            },
            { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: false },
            { id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT8H' },
          ],
        },
      })),
    }),
    {
      dataset: 'microsoft365/subscribed-skus',
      kinds: { licence: { speaks: ['services'], lists: true } },
      records: [
        { kind: 'licence', id: 'licence', services: services.map(({ servicePlanName }) => servicePlanName) },
      ],
    },
    {
      dataset: 'microsoft365/role-assignable-groups',
      kinds: { group: { speaks: ['assignableToRoles'], lists: true } },
      records: groups.map((id) => ({ kind: 'group', id, assignableToRoles: true })),
    },
    {
      dataset: 'microsoft365/role-assignable-group-members',
      kinds: { 'effective-membership': { speaks: ['group', 'account', 'accountType'], lists: true } },
      records: groups.map((group) => ({
        kind: 'effective-membership',
        id: `${group}:member`,
        group,
        account: guid(`member of ${group}`),
        accountType: 'user',
      })),
    },
  ];
}

function acceptedIn(input: Json, policy: string): z.output<typeof Accepted> {
  const config = z
    .object({ Aad: z.record(z.string(), z.object({ RoleExclusions: Accepted }).loose()).optional() })
    .loose()
    .parse(input['scuba_config'] ?? {});
  return config.Aad?.[policy]?.RoleExclusions ?? { Users: [], Groups: [] };
}

/** What people may let in, which the present shape of Graph has among what people may do. */
function withRights({ input }: Case): Told[] {
  const policies = z.array(Json).parse(inGraph(input['authorization_policies']));
  return policies.map(({ permissionGrantPolicyIdsAssignedToDefaultUserRole: consent, ...policy }) =>
    toldOnce(authorizationPolicy, {
      ...policy,
      defaultUserRolePermissions: {
        ...(policy['defaultUserRolePermissions'] as Json),
        permissionGrantPoliciesAssigned: consent,
      },
    }),
  );
}

/** A method that tells of nobody is open to everybody, as Graph has them. */
function withMethods({ input }: Case): Told[] {
  const [read] = z.array(Json).parse(inGraph(input['authentication_method']));
  const methods = z.array(Json).parse(read!['authentication_method_feature_settings']);
  return [
    toldOnce(authenticationMethodsPolicy, {
      id: 'authenticationMethodsPolicy',
      ...Json.parse(read!['authentication_method_policy']),
      authenticationMethodConfigurations: methods.map((method) => ({
        includeTargets: [{ targetType: 'group', id: 'all_users' }],
        excludeTargets: [],
        ...method,
      })),
    }),
  ];
}

interface Requirement {
  readonly control: string;
  readonly world: (each: Case) => Told[];
  readonly parameters?: (each: Case) => Json;
}

const jit: Requirement = {
  control: 'admin-jit-m365',
  world: withRoles,
  parameters: ({ input, expected: [{ policy }] }) => ({ emergencyAccounts: acceptedIn(input, policy).Users }),
};
const requirements: Readonly<Record<string, Requirement>> = {
  'MS.AAD.3.5v2': { control: 'mfa-weak-methods-disabled-m365', world: withMethods },
  'MS.AAD.5.2v1': { control: 'user-consent-limited-m365', world: withRights },
  // The baseline wants two to eight of them.
  'MS.AAD.7.1v1': {
    control: 'admin-count-bounded-m365',
    world: withUsers,
    parameters: () => ({ minimum: 2, maximum: 8 }),
  },
  'MS.AAD.7.3v1': { control: 'admin-separate-accounts-m365', world: withUsers },
  'MS.AAD.7.4v1': jit,
  'MS.AAD.7.5v1': jit,
  'MS.AAD.7.6v1': jit,
};

/** Requirements about something that no control of ours is about. */
const notJudged: Readonly<Record<string, string>> = {
  'MS.AAD.3.3v2': 'what an app shows when it asks is read by no dataset',
  'MS.AAD.3.4v1':
    'that older settings hold no more is a part of what is said about weak methods, not a sentence of its own',
  'MS.AAD.5.1v1': 'whether people may register programs is read, and nothing in the catalogue asks it',
  'MS.AAD.5.3v1': 'whether people may ask an administrator is read, and nothing in the catalogue asks it',
  'MS.AAD.5.5v1': 'whether secrets may be added to programs is read, and the catalogue asks when they end',
  'MS.AAD.5.6v1': 'how long secrets may last is read, and the catalogue asks when those that are there end',
  'MS.AAD.5.7v1':
    'how long certificates may last is read, and the catalogue asks when those that are there end',
  'MS.AAD.6.1v1': 'whether passwords end is read, and nothing in the catalogue asks it',
  'MS.AAD.7.2v1': 'which share of administrators holds the highest role is nothing in the catalogue',
  'MS.AAD.7.7v1': 'whom Microsoft tells of a role that is given is blanked, so that no addresses are kept',
  'MS.AAD.7.8v1': 'whom Microsoft tells of a role that is taken on is blanked, so that no addresses are kept',
  'MS.AAD.7.9v1': 'whom Microsoft tells of a role that is taken on is blanked, so that no addresses are kept',
  'MS.AAD.8.1v1': 'what guests may see is read, and the catalogue asks who may invite them',
};
const accessPolicies = /^MS\.AAD\.(?:1\.|2\.|3\.[126789]v|9\.)/;

/** By case: what we say, who is right, and why. */
const differences: Readonly<Record<string, readonly [status: string, reason: string]>> = {
  'AADConfig_05::test_UserConsentAllowedWithRiskyDelegatedPermissionClassifications_Incorrect': [
    'pass',
    'they are: they read which permissions the tenant classes as low; we do not, and our sentence says that this was not judged',
  ],
  'AADConfig_07::test_AdditionalProperties_Correct_V3': [
    'no-data',
    'we are: a group is accepted whoever is in it; no name of a group makes anybody less of an administrator here',
  ],
  'AADConfig_07::test_AdditionalProperties_Correct_V4': [
    'no-data',
    'we are: the rule about approval is not among those of the role, and that it is not told is not that it is met',
  ],
};
/** Cases that CISA calls not met, and of which we say that it is not known: by case, why. */
const undecided: Readonly<Record<string, string>> = {
  'AADConfig_05::test_UserConsentFromVerifiedPublishersAllowed_Incorrect':
    'Microsoft decides what is let in, and may change its mind between readings',
  'AADConfig_07::test_PIM_Group_Incorrect_V15':
    'the rules for taking on a place in a group are not read, and that says so',
};

describe.skipIf(!haveSamples)(
  'administrators and what people may do, against verdicts that CISA published',
  () => {
    const others = cases.filter(({ expected: [{ policy }] }) => !accessPolicies.test(policy));
    const asked = others.filter(({ expected: [{ policy }] }) => policy in requirements);

    test('every requirement of theirs is judged, or is listed with why not', () => {
      expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
      const left = others.filter(({ expected: [{ policy }] }) => !(policy in requirements));
      expect(new Set(left.map(({ expected: [{ policy }] }) => policy))).toEqual(
        new Set(Object.keys(notJudged)),
      );
      expect(asked.length).toBe(33);
    });

    test.each(asked.map((each) => [each.id, each] as const))('%s', async (id, each) => {
      const [{ policy, requirement_met }] = each.expected;
      const { control, world, parameters } = requirements[policy]!;
      const result: Result = await judged(control, world(each), parameters?.(each) ?? {});
      const { status, verdicts, because } = result;
      const why = JSON.stringify([
        because,
        verdicts.map((verdict) => [verdict.subject, verdict.status, verdict.reason]),
      ]);
      const met = status === 'pass';
      if (id in differences) {
        expect(met, why).not.toBe(requirement_met);
        expect(status, why).toBe(differences[id]![0]);
      } else if (requirement_met) expect(met, why).toBe(true);
      else expect(status, why).toBe(id in undecided ? 'no-data' : 'fail');
    });

    test('nothing is listed that there is no case of', () => {
      const ids = new Set(asked.map(({ id }) => id));
      expect([...Object.keys(differences), ...Object.keys(undecided)].filter((id) => !ids.has(id))).toEqual(
        [],
      );
    });
  },
);
