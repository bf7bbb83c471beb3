import { z } from 'zod';
import { DependencyAlert } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { ownersSight } from './organization.ts';
import { repositories } from './repositories.ts';
import { dataset, cursorListing } from './scope.ts';

const Item = z.object({
  number: z.int(),
  repository: z.object({ id: z.int() }),
  created_at: z.iso.datetime({ offset: true }),
  dependency: z.object({ package: z.object({ name: z.string() }).nullish() }).nullish(),
  security_vulnerability: z
    .object({
      severity: z.enum(['critical', 'high', 'medium', 'low']).nullish(),
      // Null says that no version is without the flaw; an answer without it says nothing.
      first_patched_version: z.object({ identifier: z.string() }).nullable().optional(),
    })
    .nullish(),
});

const silent = 'GitHub does not tell it';

/** Open alerts of Dependabot. A repository in which it is switched off has none, which is no praise. */
export const dependabotAlerts = dataset.state({
  id: 'github/dependabot-alerts',
  title: 'Dependabot alerts',
  docs: 'https://docs.github.com/rest/dependabot/alerts#list-dependabot-alerts-for-an-organization',
  permissions: ['Dependabot alerts: read', 'Organization administration: read'],
  // Whoever sees some repositories is told of theirs and of no other, and whoever owns nothing of none.
  boundedBy: repositories.id,
  probes: [ownersSight],
  personal: [],
  speaks: [
    speaks(DependencyAlert, ['repository', 'name', 'severity', 'openedAt', 'fixable'], { lists: true }),
  ],
  requests: ({ organization }) => [
    cursorListing('/orgs/{org}/dependabot/alerts', { org: organization, state: 'open' }),
  ],
  lists: [
    dataset.list('', Item, ({ number, repository, created_at, dependency, security_vulnerability: flaw }) => [
      DependencyAlert.record({
        id: `dependabot:${repository.id}:${number}`,
        repository: String(repository.id),
        name: known(dependency?.package?.name, silent),
        severity: known(flaw?.severity, silent),
        openedAt: new Date(created_at).toISOString(),
        fixable: known(
          flaw?.first_patched_version === undefined ? null : flaw.first_patched_version !== null,
          silent,
        ),
      }),
    ]),
  ],
});
