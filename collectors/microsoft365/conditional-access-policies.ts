import { z } from 'zod';
import { SignInExclusion, SignInPolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { exclusionsOf } from './conditional-access-exclusions.ts';
import { listOf, narrowingFields, narrowingOf, tellsAll } from './conditional-access-conditions.ts';
import { Session, sessionFields, sessionOf } from './conditional-access-session.ts';
import { strangeIn } from './conditional-access-strange.ts';
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
const Strength = z.looseObject({ id: z.string().nullish() });
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
    speaks(SignInExclusion, ['policy', 'type', 'what'], { lists: true }),
  ],
  requests: () => [listing('/identity/conditionalAccess/policies')],
  lists: [
    dataset.list('/value', Item, ({ id, displayName, state, conditions, grantControls, sessionControls }) => {
      const { users, applications, clientAppTypes } = conditions;
      const excluding = {
        excludeUsers: listOf(users && users.excludeUsers),
        excludeGroups: listOf(users && users.excludeGroups),
        excludeRoles: listOf(users && users.excludeRoles),
        excludeApplications: listOf(applications && applications.excludeApplications),
        ...narrowingOf(conditions),
      };
      return [
        SignInPolicy.record({
          id,
          name: displayName ?? id,
          mechanism: 'conditional-access',
          state: states[state],

          ...excluding,
          includeUsers: listOf(users && users.includeUsers),
          includeGroups: listOf(users && users.includeGroups),
          includeRoles: listOf(users && users.includeRoles),
          includeApplications: listOf(applications && applications.includeApplications),
          clientAppTypes: listOf(clientAppTypes),
          conditions: tellsAll(conditions)
            ? strangeIn({ conditions, grantControls }).sort()
            : { unknown: silent },
          ...grantsOf(grantControls),
          ...sessionOf(sessionControls),
        }),
        ...exclusionsOf(id, excluding),
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
