import { z } from 'zod';
import { BranchRule, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { ofDefaultBranch } from '../default-branch.ts';
import { all, notApplicable } from '../finding.ts';

/** What must hold, by whichever mechanism, and how that reads. */
const demands = [
  ['pullRequestRequired', 'a pull request is required', 'no pull request is required'],
  ['forcePushRefused', 'force pushes are refused', 'force pushes are allowed'],
  ['deletionRefused', 'deletion is refused', 'deletion is allowed'],
] as const;

export const branchProtected = control({
  id: 'branch-protected',
  severity: 'critical',
  assertion:
    'At each reading, the default branch of every repository that is not archived had rules in force that require a pull request and refuse force pushes and deletion. Who may bypass them is not part of this statement.',
  board: 'Protects what customers run.',
  remedy:
    'Apply an active organisation ruleset to all default branches: require a pull request, block force pushes, restrict deletions.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(Repository, ['archived', 'defaultBranch', 'classicProtection']),
  related: {
    rules: need(BranchRule, ['pullRequestRequired', 'forcePushRefused', 'deletionRefused'], 'repository'),
  },
  test: (repository, { related, open }) =>
    repository.given(['archived'], ({ archived }) => {
      if (archived) return notApplicable('the repository is archived: nobody can change it');
      const rules = related('rules');
      return all(
        demands.map(([field, holds, lacks]) =>
          ofDefaultBranch(repository, rules, open('rules'), { field, met: Boolean, holds, lacks }),
        ),
      );
    }),
});
