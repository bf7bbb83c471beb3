import { z } from 'zod';
import { BranchRule } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { liveRepositories, placeOf, type OfRepository } from './repositories.ts';
import { dataset, single, type Scope } from './scope.ts';

const Switch = z.object({ enabled: z.boolean() });

const Item = z.object({
  required_pull_request_reviews: z.object({ required_approving_review_count: z.int().optional() }).optional(),
  allow_force_pushes: Switch,
  allow_deletions: Switch,
});

/** Classic protection of default branches. The newer rulesets are asked for apart; either may hold. */
export const branchProtection = dataset.state<OfRepository>({
  id: 'github/branch-protection',
  title: 'Classic protection of default branches',
  docs: 'https://docs.github.com/rest/branches/branch-protection#get-branch-protection',
  permissions: ['Repository administration: read'],
  personal: ['account names', 'pictures'],
  speaks: [
    speaks(
      BranchRule,
      [
        'repository',
        'branch',
        'mechanism',
        'pullRequestRequired',
        'approvals',
        'forcePushRefused',
        'deletionRefused',
      ],
      { lists: true },
    ),
  ],
  each: liveRepositories,
  requests: (_, parent) => [single('/repos/{owner}/{repo}/branches/{branch}/protection', placeOf(parent))],
  // GitHub answers 404 both where nothing protects the branch and where the caller may not know. Only an administrator
  // of the repository is told the first, so his rights, which the listing of repositories tells, decide.
  none: ({ status }, { administered }) => status === 404 && administered,
  lists: [
    dataset.one('', Item.nullable(), (item, { parent }: Reading<Scope, OfRepository>) => {
      const reviews = item?.required_pull_request_reviews;
      return [
        BranchRule.record({
          id: `${parent.id}:classic`,
          repository: parent.id,
          branch: parent.defaultBranch,
          mechanism: 'classic',
          pullRequestRequired: reviews !== undefined,
          approvals: reviews === undefined ? 0 : approvalsOf(reviews.required_approving_review_count),
          forcePushRefused: item !== null && !item.allow_force_pushes.enabled,
          deletionRefused: item !== null && !item.allow_deletions.enabled,
        }),
      ];
    }),
  ],
});

function approvalsOf(count: number | undefined): number | { unknown: string } {
  return count ?? { unknown: 'GitHub leaves the number of approvals out' };
}
