import { z } from 'zod';
import { LeakedSecret } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { ownersSight } from './organization.ts';
import { repositories } from './repositories.ts';
import { dataset, listing } from './scope.ts';

const Item = z.object({
  number: z.int(),
  repository: z.object({ id: z.int() }),
  created_at: z.iso.datetime({ offset: true }),
  secret_type: z.string().nullish(),
  validity: z.enum(['active', 'inactive', 'unknown']).nullish(),
});

/**
 * What belongs to no provider is listed only where it is asked for by name.
 * https://docs.github.com/code-security/reference/secret-security/supported-secret-scanning-patterns#non-provider-patterns
 */
const generic = [
  ...(['ec_private_key', 'generic_private_key', 'openssh_private_key', 'pgp_private_key'] as const),
  ...(['rsa_private_key', 'http_basic_authentication_header', 'http_bearer_authentication_header'] as const),
  ...(['mongodb_connection_string', 'mysql_connection_string', 'postgres_connection_string'] as const),
  'password',
];

const validities = { active: 'active', inactive: 'inactive', unknown: 'untried' } as const;
const silent = 'GitHub does not tell it';

/** Secrets that were found in repositories and are still open. What was found is never asked for. */
export const secretScanningAlerts = dataset.state({
  id: 'github/secret-scanning-alerts',
  title: 'Secret scanning alerts',
  docs: 'https://docs.github.com/rest/secret-scanning/secret-scanning#list-secret-scanning-alerts-for-an-organization',
  permissions: ['Secret scanning alerts: read', 'Organization administration: read'],
  // Whoever sees some repositories is told of theirs and of no other, and whoever owns nothing of none.
  boundedBy: repositories.id,
  probes: [ownersSight],
  personal: ['account names', 'pictures'],
  speaks: [speaks(LeakedSecret, ['repository', 'name', 'openedAt', 'validity'], { lists: true })],
  // A server that does not know the parameter would send the secret all the same.
  secrets: ['/*/secret'],
  requests: ({ organization }) =>
    [{}, { secret_type: generic.join(',') }].map((which) =>
      listing('/orgs/{org}/secret-scanning/alerts', {
        org: organization,
        state: 'open',
        hide_secret: 'true',
        ...which,
      }),
    ),
  lists: [
    dataset.list('', Item, ({ number, repository, created_at, secret_type, validity }) => [
      LeakedSecret.record({
        id: `secret:${repository.id}:${number}`,
        repository: String(repository.id),
        name: known(secret_type, silent),
        openedAt: new Date(created_at).toISOString(),
        validity: known(validity && validities[validity], silent),
      }),
    ]),
  ],
});
