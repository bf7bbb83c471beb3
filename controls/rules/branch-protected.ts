import { z } from 'zod';
import { BranchRule, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, any, fail, notApplicable, pass, unless } from '../finding.ts';

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
  over: need(Repository, ['archived']),
  related: {
    rules: need(BranchRule, ['pullRequestRequired', 'forcePushRefused', 'deletionRefused'], 'repository'),
  },
  test: (repository, { related, open }) =>
    repository.given(['archived'], ({ archived }) => {
      if (archived) return notApplicable('the repository is archived: nobody can change it');
      const rules = related('rules');
      const none = fail('nothing protects the default branch');
      const holds = (...findings: Parameters<typeof any>) => unless(open('rules'), any(...findings));
      return all([
        holds(
          rules.map((rule) =>
            rule.given(['pullRequestRequired'], ({ pullRequestRequired }) =>
              pullRequestRequired ? pass('a pull request is required') : fail('no pull request is required'),
            ),
          ),
          none,
        ),
        holds(
          rules.map((rule) =>
            rule.given(['forcePushRefused'], ({ forcePushRefused }) =>
              forcePushRefused ? pass('force pushes are refused') : fail('force pushes are allowed'),
            ),
          ),
          none,
        ),
        holds(
          rules.map((rule) =>
            rule.given(['deletionRefused'], ({ deletionRefused }) =>
              deletionRefused ? pass('deletion is refused') : fail('deletion is allowed'),
            ),
          ),
          none,
        ),
      ]);
    }),
});
