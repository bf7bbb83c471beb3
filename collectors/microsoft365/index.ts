import { collector } from '../collector.ts';
import { conditionalAccessPolicies } from './conditional-access-policies.ts';
import { directoryAudits } from './directory-audits.ts';
import { organization } from './organization.ts';
import { roleAssignments } from './role-assignments.ts';
import { roleDefinitions } from './role-definitions.ts';
import { Config, scopeOf } from './scope.ts';
import { securityDefaults } from './security-defaults.ts';
import { subscribedSkus } from './subscribed-skus.ts';
import { userRegistrationDetails } from './user-registration-details.ts';
import { users } from './users.ts';

/** Reads one Microsoft 365 tenant. To add a dataset, add its file and a line. */
export const microsoft365 = collector({
  id: 'microsoft365',
  title: 'Microsoft 365',
  config: Config,
  scope: scopeOf,
  datasets: [
    organization,
    users,
    userRegistrationDetails,
    conditionalAccessPolicies,
    securityDefaults,
    roleDefinitions,
    roleAssignments,
    subscribedSkus,
    directoryAudits,
  ],
  connect: async (config, datasets, io) => (await import('./session.ts')).connect(config, datasets, io),
  decode: async (exchange, bytes) => (await import('./decode.ts')).decode(exchange, bytes),
});
