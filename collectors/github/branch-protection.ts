import { z } from 'zod';
import { Repository } from '../../evidence-model/kinds.ts';
import { each, speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset, part, wholeOf } from './scope.ts';

const Protection = z.object({
  databaseId: z.int(),
  pattern: z.string().min(1),
  requiresApprovingReviews: z.boolean(),
  requiredApprovingReviewCount: z.int().nullish(),
  dismissesStaleReviews: z.boolean(),
  requireLastPushApproval: z.boolean(),
  requiresStatusChecks: z.boolean(),
  requiredStatusCheckContexts: z.array(z.string().nullable()).nullish(),
  isAdminEnforced: z.boolean(),
  allowsForcePushes: z.boolean(),
  allowsDeletions: z.boolean(),
});
const Item = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string(),
  viewerCanAdminister: z.boolean(),
  branchProtectionRules: part(Protection),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) {
      nodes {
        databaseId
        nameWithOwner
        viewerCanAdminister
        branchProtectionRules(first: 50) {
          nodes {
            databaseId
            pattern
            requiresApprovingReviews
            requiredApprovingReviewCount
            dismissesStaleReviews
            requireLastPushApproval
            requiresStatusChecks
            requiredStatusCheckContexts
            isAdminEnforced
            allowsForcePushes
            allowsDeletions
          }
          pageInfo { hasNextPage }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const hidden = 'GitHub shows classic protection only to administrators of the repository';

/**
 * Classic protection, by patterns of names: which branch GitHub protects by it is for whoever knows the branch. That is
 * not asked for here, because it takes the right to read source code. Rulesets are read apart; either may hold.
 */
export const branchProtection = dataset.state({
  id: 'github/branch-protection',
  title: 'Classic protection of branches',
  docs: 'https://docs.github.com/graphql/reference/objects#branchprotectionrule',
  permissions: ['Repository administration: read', 'Organization administration: read'],
  personal: [],
  speaks: [speaks(Repository, ['place', 'classicProtection'])],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, (item, { scope }) => {
      const rules = wholeOf('protection rules', item.branchProtectionRules);
      // To people who are no administrators there seem to be none. An App was given the permission or is refused.
      const seen = rules.length > 0 || item.viewerCanAdminister || scope.by === 'app';
      return [
        Repository.record({
          id: String(item.databaseId),
          place: item.nameWithOwner,
          classicProtection: seen
            ? rules.toSorted((a, b) => a.databaseId - b.databaseId).map(protectionOf)
            : { unknown: hidden },
        }),
      ];
    }),
  ],
  count: repositoriesTotal,
});

/** For datasets that ask about each repository that has classic protection. */
export const eachProtected = each(
  branchProtection,
  Repository,
  ['place', 'classicProtection'],
  ({ classicProtection }) => classicProtection.length > 0,
);
export type OfProtected = Parameters<NonNullable<typeof eachProtected.where>>[0];

function protectionOf(rule: z.output<typeof Protection>) {
  const { requiresApprovingReviews: required, requiredApprovingReviewCount: count } = rule;
  if (required && typeof count !== 'number')
    throw new Error('GitHub does not tell how many approvals it takes');
  const { requiresStatusChecks, requiredStatusCheckContexts: checks } = rule;
  if (requiresStatusChecks && !checks) throw new Error('GitHub does not tell which checks must pass');
  return {
    pattern: rule.pattern,
    pullRequestRequired: required,
    approvals: required && typeof count === 'number' ? count : 0,
    // Where reviews are not required these are set all the same, and ask for nothing.
    staleApprovalsDismissed: required && rule.dismissesStaleReviews,
    lastPushApprovalRequired: required && rule.requireLastPushApproval,
    // Where no check is named, none must pass.
    statusChecksRequired: requiresStatusChecks && (checks ?? []).length > 0,
    administratorsBound: rule.isAdminEnforced,
    forcePushRefused: !rule.allowsForcePushes,
    deletionRefused: !rule.allowsDeletions,
  };
}
