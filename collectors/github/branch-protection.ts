import { z } from 'zod';
import { BranchRule, Repository } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset, silent } from './scope.ts';

const Protection = z.object({
  requiresApprovingReviews: z.boolean(),
  requiredApprovingReviewCount: z.int().nullish(),
  allowsForcePushes: z.boolean(),
  allowsDeletions: z.boolean(),
});
const Item = z.object({
  databaseId: z.int(),
  isArchived: z.boolean(),
  viewerCanAdminister: z.boolean(),
  // Null where nothing was pushed yet: there is no branch that could be protected.
  defaultBranchRef: z.object({ name: z.string(), branchProtectionRule: Protection.nullable() }).nullable(),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) {
      nodes {
        databaseId
        isArchived
        viewerCanAdminister
        defaultBranchRef {
          name
          branchProtectionRule {
            requiresApprovingReviews
            requiredApprovingReviewCount
            allowsForcePushes
            allowsDeletions
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const hidden = 'GitHub shows whether classic protection is there only to administrators of the repository';

/** Classic protection of default branches. The newer rulesets are asked for apart; either may hold. */
export const branchProtection = dataset.state({
  id: 'github/branch-protection',
  title: 'Classic protection of default branches',
  docs: 'https://docs.github.com/graphql/reference/objects#branchprotectionrule',
  permissions: ['Repository administration: read'],
  personal: [],
  speaks: [
    speaks(Repository, []),
    speaks(
      BranchRule,
      [
        ...(['repository', 'branch', 'mechanism', 'pullRequestRequired', 'approvals'] as const),
        ...(['forcePushRefused', 'deletionRefused'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, (item, { scope }) => {
      const repository = String(item.databaseId);
      const named = Repository.record({ id: repository });
      if (item.isArchived) return [named];
      const found = item.defaultBranchRef?.branchProtectionRule ?? null;
      // That there is none is told as null, and so is that the caller may not know. To an administrator it is a fact,
      // and to an App that was given the permission, without which GitHub answers with an error.
      const seen = found !== null || item.viewerCanAdminister || scope.by === 'app';
      const said = <T>(value: T) => (seen ? value : { unknown: hidden });
      return [
        named,
        BranchRule.record({
          id: `${repository}:classic`,
          repository,
          branch: known(item.defaultBranchRef?.name, 'nothing was pushed yet'),
          mechanism: 'classic',
          pullRequestRequired: said(found?.requiresApprovingReviews ?? false),
          approvals: said(
            found?.requiresApprovingReviews === true ? known(found.requiredApprovingReviewCount, silent) : 0,
          ),
          forcePushRefused: said(found !== null && !found.allowsForcePushes),
          deletionRefused: said(found !== null && !found.allowsDeletions),
        }),
      ];
    }),
  ],
  count: repositoriesTotal,
});
