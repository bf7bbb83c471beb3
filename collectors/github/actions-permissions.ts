import { z } from 'zod';
import { PipelinePolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, single } from './scope.ts';

const Item = z.object({
  enabled_repositories: z.enum(['all', 'none', 'selected']),
  // Where nothing may run, GitHub does not say what may.
  allowed_actions: z.enum(['all', 'local_only', 'selected']).nullish(),
  sha_pinning_required: z.boolean().nullish(),
});

const allowed = { all: 'all', local_only: 'local', selected: 'selected' } as const;
const silent = 'GitHub does not tell it';

/** Where GitHub Actions may run in the organisation, and whose. Both datasets of Actions speak of the one policy. */
export const actionsPermissions = dataset.state({
  id: 'github/actions-permissions',
  title: 'Permissions of GitHub Actions',
  docs: 'https://docs.github.com/rest/actions/permissions#get-github-actions-permissions-for-an-organization',
  permissions: ['Organization administration: read'],
  personal: [],
  speaks: [speaks(PipelinePolicy, ['enabledFor', 'allowedActions', 'pinningRequired'], { lists: true })],
  requests: ({ organization }) => [single('/orgs/{org}/actions/permissions', { org: organization })],
  lists: [
    dataset.one('', Item, (item) => [
      PipelinePolicy.record({
        id: 'github-actions',
        enabledFor: item.enabled_repositories,
        allowedActions: known(item.allowed_actions && allowed[item.allowed_actions], silent),
        pinningRequired: known(item.sha_pinning_required, silent),
      }),
    ]),
  ],
});
