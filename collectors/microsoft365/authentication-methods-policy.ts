import { z } from 'zod';
import { SignInMethodPolicy, SignInMethodRules } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, silent, single } from './scope.ts';

const Targets = z.array(z.object({ id: z.string() })).nullish();
const Method = z.object({
  id: z.string().min(1),
  // Other parties' methods have names of their own.
  displayName: z.string().nullish(),
  state: z.enum(['enabled', 'disabled']).nullish(),
  includeTargets: Targets,
  excludeTargets: Targets,
});
const Policy = z.object({
  id: z.string().min(1),
  policyMigrationState: z.string().nullish(),
  registrationEnforcement: z
    .object({
      authenticationMethodsRegistrationCampaign: z.object({ state: z.string().nullish() }).nullish(),
    })
    .nullish(),
  authenticationMethodConfigurations: z.array(z.unknown()),
});

/**
 * Which ways of signing in are open, and to whom. Until Microsoft's word for the migration is `migrationComplete`, older
 * settings that nobody can read here hold beside them.
 */
export const authenticationMethodsPolicy = dataset.state({
  id: 'microsoft365/authentication-methods-policy',
  title: 'Authentication methods policy',
  docs: 'https://learn.microsoft.com/graph/api/authenticationmethodspolicy-get',
  permissions: ['Policy.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [
    speaks(SignInMethodPolicy, ['name', 'enabled', 'includes', 'excludes'], { lists: true }),
    speaks(SignInMethodRules, ['migration', 'campaign'], { lists: true }),
  ],
  requests: () => [single('/policies/authenticationMethodsPolicy')],
  lists: [
    dataset.one('', Policy, ({ id, policyMigrationState, registrationEnforcement }) => [
      SignInMethodRules.record({
        id,
        migration: known(policyMigrationState, silent),
        campaign: known(registrationEnforcement?.authenticationMethodsRegistrationCampaign?.state, silent),
      }),
    ]),
    dataset.list('/authenticationMethodConfigurations', Method, (method) => [
      SignInMethodPolicy.record({
        id: method.id,
        name: method.displayName ?? method.id,
        enabled: known(method.state && method.state === 'enabled', silent),
        includes: known(
          method.includeTargets?.map(({ id }) => id),
          silent,
        ),
        excludes: known(
          method.excludeTargets?.map(({ id }) => id),
          silent,
        ),
      }),
    ]),
  ],
});
