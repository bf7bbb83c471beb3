import { z } from 'zod';
import { BranchRule, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { ofDefaultBranch } from '../default-branch.ts';
import { notApplicable } from '../finding.ts';

export const statusChecksRequired = control({
  id: 'status-checks-required',
  severity: 'medium',
  assertion:
    'At each reading, the default branch of every repository that is not archived had rules in force that name at least one automatic check or workflow which must have passed before a change is taken in. What it checks, and who may bypass the rules, is not part of this statement.',
  board: 'Fewer outages from untested changes.',
  remedy: 'In an active ruleset for all default branches, require the status checks that run the tests.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(Repository, ['archived', 'defaultBranch', 'classicProtection']),
  related: { rules: need(BranchRule, ['statusChecksRequired'], 'repository') },
  test: (repository, { related, open }) =>
    repository.given(['archived'], ({ archived }) =>
      archived
        ? notApplicable('the repository is archived: nobody can change it')
        : ofDefaultBranch(repository, related('rules'), open('rules'), {
            field: 'statusChecksRequired',
            met: Boolean,
            holds: 'a check must have passed',
            lacks: 'no check must have passed',
          }),
    ),
});
