import { z } from 'zod';
import { PullRequest, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const mergedChangesReviewed = control({
  id: 'merged-changes-reviewed',
  severity: 'critical',
  assertion:
    "Every pull request that was merged in the 30 days up to each reading into what was the default branch of a repository at that reading had, when it was merged, the approval of an account other than its author's that had not been taken back, in repositories of connected GitHub organisations as they were read then. Whether somebody pushed to it after the approval is not part of this statement, nor is what reached a branch without a pull request.",
  board: 'Shows that the rule of two pairs of eyes worked, not only that it is written.',
  remedy: 'Have each listed change reviewed now, and close the way by which it was merged without a review.',
  collectors: ['github'],
  population: 'pull requests merged in the last 30 days',
  parameters: z.strictObject({}),
  over: need(PullRequest, ['branch', 'mergedAt', 'approvers']),
  related: { repositories: need(Repository, ['defaultBranch'], { id: 'repository' }) },
  days: 30,
  test: (change, { related, open }) =>
    change.given(['branch'], ({ branch }) => {
      const [repository] = related('repositories');
      if (!repository)
        return noData(
          open('repositories') ??
            'its repository is no longer among those that were read: which branch counts is not known',
        );
      return repository.given(['defaultBranch'], ({ defaultBranch }) => {
        if (branch !== defaultBranch)
          return notApplicable(`it was merged into ${branch}, not the default branch`);
        return change.given(['mergedAt', 'approvers'], ({ mergedAt, approvers }) =>
          approvers.length > 0
            ? pass(`${approvers.length} other than the author had approved it`)
            : fail(
                `nobody other than its author had approved it when it was merged on ${mergedAt.slice(0, 10)}`,
              ),
        );
      });
    }),
});
