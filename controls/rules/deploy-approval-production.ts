import { z } from 'zod';
import { Environment, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, notApplicable, pass } from '../finding.ts';

export const deployApprovalProduction = control({
  id: 'deploy-approval-production',
  severity: 'medium',
  assertion:
    'At each reading, every environment on GitHub of every repository that is not archived took no delivery before somebody approved it, but for environments whose names the policy lists as not production (dev, development, preview, qa, staging, test and testing unless it says otherwise). Whether that was somebody other than who asked for the delivery, whether administrators may pass it by, and what is delivered without an environment, is not part of this statement.',
  board: 'Stops unreviewed code reaching customers.',
  remedy:
    'Name required reviewers in the protection rules of the environment, or, where it is not production, list its name in the policy file under deploy-approval-production.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({
    /** Names of environments, in any case, that nothing is delivered to customers from. */
    notProduction: z
      .array(
        z
          .string()
          .min(1)
          .refine(
            (name) => !/^prod(?:uction)?$/i.test(name),
            'says that it is production: no policy makes it another',
          ),
      )
      .default(['dev', 'development', 'preview', 'qa', 'staging', 'test', 'testing']),
  }),
  over: need(Repository, ['archived']),
  related: { environments: need(Environment, ['name', 'approvalRequired'], 'repository') },
  test: (repository, { related, parameters: { notProduction } }) =>
    repository.given(['archived'], ({ archived }) => {
      if (archived) return notApplicable('the repository is archived: nothing is delivered from it');
      const others = new Set(notProduction.map((name) => name.toLowerCase()));
      const environments = related('environments');
      if (environments.length === 0) return notApplicable('it has no environment on GitHub');
      return all(
        environments.map((environment) =>
          environment.given(['name'], ({ name }) => {
            if (others.has(name.toLowerCase()))
              return notApplicable(`the policy lists ${name} as not production`);
            return environment.given(['approvalRequired'], ({ approvalRequired }) =>
              approvalRequired
                ? pass(`somebody must approve deliveries to ${name}`)
                : fail(`nobody must approve deliveries to ${name}`),
            );
          }),
        ),
      );
    }),
});
