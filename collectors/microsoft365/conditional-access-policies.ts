import { z } from 'zod';
import { SignInPolicy } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { listOf, narrowingFields, narrowingOf, tellsAll } from './conditional-access-conditions.ts';
import { Session, sessionFields, sessionOf } from './conditional-access-session.ts';
import { dataset, listing, silent } from './scope.ts';

const names = z.array(z.string()).nullish();

/** Fields that are not named here are read too: a condition that nobody knows yet must not be overlooked. */
const Users = z.looseObject({
  includeUsers: names,
  excludeUsers: names,
  includeGroups: names,
  excludeGroups: names,
  includeRoles: names,
  excludeRoles: names,
});
const Applications = z.looseObject({ includeApplications: names, excludeApplications: names });
const Conditions = z.looseObject({
  users: Users.nullish(),
  applications: Applications.nullish(),
  clientAppTypes: names,
});
const Strength = z.looseObject({ id: z.string().nullish(), requirementsSatisfied: z.string().nullish() });
const Grant = z.looseObject({
  operator: z.string().nullish(),
  builtInControls: names,
  customAuthenticationFactors: names,
  termsOfUse: names,
  authenticationStrength: Strength.nullish(),
});
const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
  conditions: Conditions,
  grantControls: Grant.nullish(),
  sessionControls: Session,
});

const states = {
  enabled: 'enabled',
  disabled: 'disabled',
  enabledForReportingButNotEnforced: 'report-only',
} as const;

const operators: Readonly<Record<string, 'and' | 'or'>> = { AND: 'and', OR: 'or' };
const grantFields = ['operator', 'grants', 'customFactors', 'termsOfUse', 'strength'] as const;

/** Conditional access policies, with what each asks for and of whom. Whether they reach somebody is judged elsewhere. */
export const conditionalAccessPolicies = dataset.state({
  id: 'microsoft365/conditional-access-policies',
  title: 'Conditional access policies',
  docs: 'https://learn.microsoft.com/graph/api/conditionalaccessroot-list-policies',
  permissions: ['Policy.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [
    speaks(
      SignInPolicy,
      [
        'name',
        'mechanism',
        'state',
        'asks',
        'includeUsers',
        'excludeUsers',
        'includeGroups',
        'excludeGroups',
        'includeRoles',
        'excludeRoles',
        'includeApplications',
        'excludeApplications',
        'clientAppTypes',
        'conditions',
        ...grantFields,
        ...narrowingFields,
        ...sessionFields,
      ],
      { lists: true },
    ),
  ],
  requests: () => [listing('/identity/conditionalAccess/policies')],
  lists: [
    dataset.list('/value', Item, ({ id, displayName, state, conditions, grantControls, sessionControls }) => {
      const { users, applications, clientAppTypes, ...others } = conditions;
      return [
        SignInPolicy.record({
          id,
          name: displayName ?? id,
          mechanism: 'conditional-access',
          state: states[state],
          asks: asked(grantControls),
          includeUsers: listOf(users && users.includeUsers),
          excludeUsers: listOf(users && users.excludeUsers),
          includeGroups: listOf(users && users.includeGroups),
          excludeGroups: listOf(users && users.excludeGroups),
          includeRoles: listOf(users && users.includeRoles),
          excludeRoles: listOf(users && users.excludeRoles),
          includeApplications: listOf(applications && applications.includeApplications),
          excludeApplications: listOf(applications && applications.excludeApplications),
          clientAppTypes: listOf(clientAppTypes),
          conditions: tellsAll(conditions)
            ? [
                ...set(others),
                ...set(users ?? {}, Object.keys(Users.shape)),
                ...set(applications ?? {}, Object.keys(Applications.shape)),
              ].sort()
            : { unknown: silent },
          ...grantsOf(grantControls),
          ...narrowingOf(conditions),
          ...sessionOf(sessionControls),
        }),
      ];
    }),
  ],
});

/** What it asks, one by one. Null says that it asks nothing; an answer without it says nothing. */
function grantsOf(grant: z.output<typeof Grant> | null | undefined) {
  if (grant === null)
    return { operator: 'none' as const, grants: [], customFactors: [], termsOfUse: [], strength: 'none' };
  const strength = grant?.authenticationStrength;
  return {
    operator: known(operators[grant?.operator ?? ''], silent),
    grants: listOf(grant?.builtInControls),
    customFactors: listOf(grant?.customAuthenticationFactors),
    termsOfUse: listOf(grant?.termsOfUse),
    strength: known(strength === null ? 'none' : strength?.id, silent),
  };
}

/**
 * What must be shown to pass: every control for `AND`, any one of them for `OR`. Of an answer that leaves out a kind of
 * controls it is not known what else is enough.
 */
function asked(
  grant: z.output<typeof Grant> | null | undefined,
): 'mfa' | 'mfa-or-else' | 'block' | 'other' | Unknown {
  if (grant === null) return 'other';
  const {
    builtInControls,
    customAuthenticationFactors,
    termsOfUse,
    authenticationStrength: strength,
  } = grant ?? {};
  const lists = [builtInControls, customAuthenticationFactors, termsOfUse];
  if (strength === undefined || lists.includes(undefined)) return { unknown: silent };
  const controls = [
    ...lists.flatMap((list) => list ?? []),
    ...(strength ? [strength.requirementsSatisfied === 'mfa' ? 'mfa' : 'strength'] : []),
  ];
  if (controls.includes('block')) return 'block';
  if (controls.includes('mfa'))
    return grant?.operator === 'AND' || controls.every((control) => control === 'mfa')
      ? 'mfa'
      : 'mfa-or-else';
  return controls.includes('strength')
    ? { unknown: 'the authentication strength does not say whether it is a second factor' }
    : 'other';
}

/** Names of what is set beside the fields that are read by themselves. */
function set(holder: Readonly<Record<string, unknown>>, read: readonly string[] = []): string[] {
  return Object.entries(holder).flatMap(([name, value]) =>
    name.includes('@') || read.includes(name) || isEmpty(value) ? [] : [name],
  );
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
