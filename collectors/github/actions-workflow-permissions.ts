import { z } from 'zod';
import { PipelinePolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, single } from './scope.ts';

const Item = z.object({
  default_workflow_permissions: z.enum(['read', 'write']).nullish(),
  can_approve_pull_request_reviews: z.boolean().nullish(),
});

const silent = 'GitHub does not tell it';

/** What the token may that every run of GitHub Actions gets, unless its workflow asks for less. */
export const actionsWorkflowPermissions = dataset.state({
  id: 'github/actions-workflow-permissions',
  title: 'Default permissions of workflows',
  docs: 'https://docs.github.com/rest/actions/permissions#get-default-workflow-permissions-for-an-organization',
  permissions: ['Organization administration: read'],
  personal: [],
  speaks: [speaks(PipelinePolicy, ['tokenMayWrite', 'tokenMayApprove'])],
  requests: ({ organization }) => [single('/orgs/{org}/actions/permissions/workflow', { org: organization })],
  lists: [
    dataset.one('', Item, (item) => [
      PipelinePolicy.record({
        id: 'github-actions',
        tokenMayWrite: known(
          item.default_workflow_permissions && item.default_workflow_permissions === 'write',
          silent,
        ),
        tokenMayApprove: known(item.can_approve_pull_request_reviews, silent),
      }),
    ]),
  ],
});
