import { z } from 'zod';
import { BranchRule } from '../../evidence-model/kinds.ts';
import { speaks, type Reading } from '../dataset.ts';
import { liveRepositories, placeOf, type OfRepository } from './repositories.ts';
import { dataset, listing, silent, type Scope } from './scope.ts';

const Rule = z.object({
  type: z.string(),
  parameters: z
    .object({
      required_approving_review_count: z.int().optional(),
      dismiss_stale_reviews_on_push: z.boolean().optional(),
      require_last_push_approval: z.boolean().optional(),
      required_status_checks: z.array(z.unknown()).optional(),
      workflows: z.array(z.unknown()).optional(),
    })
    .nullish(),
});

type Parameters = NonNullable<z.output<typeof Rule>['parameters']>;

/** Of several rules each holds: what one of them asks for is asked for. */
function any(answers: readonly (boolean | number | undefined)[]) {
  if (answers.some(Boolean)) return true;
  return answers.includes(undefined) ? { unknown: silent } : false;
}

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
      [
        ...(['repository', 'branch', 'pullRequestRequired', 'approvals'] as const),
        ...(['staleApprovalsDismissed', 'lastPushApprovalRequired', 'statusChecksRequired'] as const),
        ...(['forcePushRefused', 'deletionRefused'] as const),
      ],
      { lists: true },
    ),
  ],
  each: liveRepositories,
  requests: (_, parent) => [listing('/repos/{owner}/{repo}/rules/branches/{branch}', placeOf(parent))],
  lists: [
    dataset.one('', z.array(Rule), (rules, { parent, url }: Reading<Scope, OfRepository>) => {
      const has = (type: string) => rules.some((rule) => rule.type === type);
      const from = <T>(type: string, of: (parameters: Parameters) => T | undefined) =>
        rules.filter((rule) => rule.type === type).map((rule) => of(rule.parameters ?? {}));
      const approvals = from('pull_request', (it) => it.required_approving_review_count);
      const page = new URL(url).searchParams.get('page');
      return [
        BranchRule.record({
          id: `${parent.id}:ruleset${page === null || page === '1' ? '' : `:${page}`}`,
          repository: parent.id,
          branch: parent.defaultBranch,
          pullRequestRequired: has('pull_request'),
          approvals: approvals.includes(undefined)
            ? { unknown: silent }
            : Math.max(0, ...approvals.filter((each) => each !== undefined)),
          staleApprovalsDismissed: any(from('pull_request', (it) => it.dismiss_stale_reviews_on_push)),
          lastPushApprovalRequired: any(from('pull_request', (it) => it.require_last_push_approval)),
          statusChecksRequired: any([
            ...from('required_status_checks', (it) => it.required_status_checks?.length),
            ...from('workflows', (it) => it.workflows?.length),
          ]),
          forcePushRefused: has('non_fast_forward'),
          deletionRefused: has('deletion'),
        }),
      ];
    }),
  ],
});
