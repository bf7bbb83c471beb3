import { z } from 'zod';
import { BranchRule, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { ofDefaultBranch } from '../default-branch.ts';
import { all, any, fail, notApplicable } from '../finding.ts';

export const prReviewRequired = control({
  id: 'pr-review-required',
  severity: 'critical',
  assertion:
    'At each reading, the default branch of every repository that is not archived had rules in force that ask for at least one approval of each pull request (or as many as the policy says), of which GitHub counts none by its author, and that either end an approval when the code changes after it or ask that somebody other than whoever pushed last approved that. Who may bypass them, and whether a program may approve, is not part of this statement.',
  board: 'Nobody ships alone.',
  remedy:
    'In an active ruleset for all default branches, require pull requests with at least one approval, and dismiss stale approvals or require approval of the most recent push.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({
    /** How many approvals a pull request takes at least. */
    approvals: z.number().int().min(1).default(1),
  }),
  over: need(Repository, ['archived', 'defaultBranch', 'classicProtection']),
  related: {
    rules: need(
      BranchRule,
      ['approvals', 'staleApprovalsDismissed', 'lastPushApprovalRequired'],
      'repository',
    ),
  },
  test: (repository, { related, open, parameters }) =>
    repository.given(['archived'], ({ archived }) => {
      if (archived) return notApplicable('the repository is archived: nobody can change it');
      const rules = related('rules');
      const unread = open('rules');
      const enough = ofDefaultBranch(repository, rules, unread, {
        field: 'approvals',
        met: (approvals) => approvals >= parameters.approvals,
        holds: `${parameters.approvals} or more approvals are required`,
        lacks:
          parameters.approvals === 1
            ? 'no approval is required'
            : `fewer than ${parameters.approvals} approvals are required`,
      });
      const fresh = [
        ofDefaultBranch(repository, rules, unread, {
          field: 'staleApprovalsDismissed',
          met: Boolean,
          holds: 'an approval ends when the code changes',
          lacks: 'approvals stay when the code changes after them',
        }),
        ofDefaultBranch(repository, rules, unread, {
          field: 'lastPushApprovalRequired',
          met: Boolean,
          holds: 'the last push needs an approval by somebody else',
          lacks: 'whoever pushes last may approve that',
        }),
      ];
      return all([enough, any(fresh, fail(''))]);
    }),
});
