import { z } from 'zod';
import { Alert } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { ownersSight } from './organization.ts';
import { repositories } from './repositories.ts';
import { dataset, listing, silent, timeOf } from './scope.ts';

const Item = z.object({
  number: z.int(),
  repository: z.object({ id: z.int() }),
  created_at: z.iso.datetime({ offset: true }),
  rule: z.object({
    id: z.string().nullish(),
    security_severity_level: z.enum(['low', 'medium', 'high', 'critical']).nullish(),
  }),
});

/** Open findings of code scanning. A repository in which nothing scans has none, which is no praise. */
export const codeScanningAlerts = dataset.state({
  id: 'github/code-scanning-alerts',
  title: 'Code scanning alerts',
  docs: 'https://docs.github.com/rest/code-scanning/code-scanning#list-code-scanning-alerts-for-an-organization',
  permissions: ['Code scanning alerts: read', 'Organization administration: read'],
  // Whoever sees some repositories is told of theirs and of no other, and whoever owns nothing of none.
  boundedBy: repositories.id,
  probes: [ownersSight],
  personal: ['account names', 'pictures'],
  speaks: [speaks(Alert, ['repository', 'type', 'name', 'severity', 'openedAt'], { lists: true })],
  // A message may repeat the line of code that it is about.
  secrets: ['/*/most_recent_instance/message'],
  requests: ({ organization }) => [
    listing('/orgs/{org}/code-scanning/alerts', { org: organization, state: 'open' }),
  ],
  lists: [
    dataset.list('', Item, ({ number, repository, created_at, rule }) => [
      Alert.record({
        id: `code:${repository.id}:${number}`,
        repository: String(repository.id),
        type: 'code-weakness',
        name: known(rule.id, silent),
        severity: known(rule.security_severity_level, 'the rule is not one about security'),
        openedAt: timeOf(created_at),
      }),
    ]),
  ],
});
