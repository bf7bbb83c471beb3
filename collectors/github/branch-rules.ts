import { z } from 'zod';
import { BranchRule } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { liveRepositories, placeOf, type OfRepository } from './repositories.ts';
import { dataset, listing, type Scope } from './scope.ts';

const Rule = z.object({
  type: z.string(),
  parameters: z.object({ required_approving_review_count: z.int().optional() }).nullish(),
});

/**
 * The rules of all active rulesets, the repository's and the organisation's, that hold for default branches. GitHub
 * leaves out rulesets that only evaluate. A page of rules is one record: what any of them requires is required, so
 * records of several pages add up.
 */
export const branchRules = dataset.state<OfRepository>({
  id: 'github/branch-rules',
  title: 'Rules of rulesets for default branches',
  docs: 'https://docs.github.com/rest/repos/rules#get-rules-for-a-branch',
  permissions: ['Repository metadata: read'],
  personal: [],
  speaks: [
    speaks(
      BranchRule,
      ['repository', 'branch', 'pullRequestRequired', 'approvals', 'forcePushRefused', 'deletionRefused'],
      { lists: true },
    ),
  ],
  each: liveRepositories,
  requests: (_, parent) => [listing('/repos/{owner}/{repo}/rules/branches/{branch}', placeOf(parent))],
  lists: [
    dataset.one('', z.array(Rule), (rules, { parent, url }: Reading<Scope, OfRepository>) => {
      const has = (type: string) => rules.some((rule) => rule.type === type);
      const approvals = rules.flatMap(({ parameters }) => parameters?.required_approving_review_count ?? []);
      const page = new URL(url).searchParams.get('page');
      return [
        BranchRule.record({
          id: `${parent.id}:ruleset${page === null || page === '1' ? '' : `:${page}`}`,
          repository: parent.id,
          branch: parent.defaultBranch,
          pullRequestRequired: has('pull_request'),
          approvals: Math.max(0, ...approvals),
          forcePushRefused: has('non_fast_forward'),
          deletionRefused: has('deletion'),
        }),
      ];
    }),
  ],
});
