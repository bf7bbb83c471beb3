import { z } from 'zod';
import { PipelinePolicy, RunnerGroup } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, pass } from '../finding.ts';
import { nameOf } from '../told.ts';

export const actionsRestricted = control({
  id: 'actions-restricted',
  severity: 'medium',
  assertion:
    "At each reading, every connected GitHub organisation had GitHub Actions off, or let them use only its own building blocks or chosen ones, gave the token of a run no right to write unless the workflow asks for it and none to approve pull requests, and opened no group of its own machines to public repositories. Which building blocks were chosen, machines of single repositories, and when a stranger's proposal may start a run, are not part of this statement.",
  board: 'Build systems are a favoured route into customers.',
  remedy:
    'In the settings of GitHub Actions allow selected actions only, set workflow permissions to read, turn off approval of pull requests by Actions, and close runner groups to public repositories.',
  collectors: ['github'],
  population: 'rules for GitHub Actions of connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(PipelinePolicy, ['enabledFor', 'allowedActions', 'tokenMayWrite', 'tokenMayApprove']),
  related: { groups: need(RunnerGroup, ['name', 'openToPublic']) },
  test: (policy, { related }) =>
    policy.given(['enabledFor'], ({ enabledFor }) => {
      if (enabledFor === 'none') return pass('GitHub Actions are off');
      return all([
        policy.given(['allowedActions'], ({ allowedActions }) =>
          allowedActions === 'all'
            ? fail("anybody's building blocks may run")
            : pass(`only ${allowedActions} building blocks may run`),
        ),
        policy.given(['tokenMayWrite'], ({ tokenMayWrite }) =>
          tokenMayWrite ? fail('the token of a run may write') : pass('the token of a run may read'),
        ),
        policy.given(['tokenMayApprove'], ({ tokenMayApprove }) =>
          tokenMayApprove ? fail('a run may approve pull requests') : pass('a run may approve nothing'),
        ),
        ...related('groups').map((group) =>
          group.given(['openToPublic'], ({ openToPublic }) =>
            openToPublic
              ? fail(`the machines of the group ${nameOf(group)} are open to public repositories`)
              : pass('no group of machines is open to public repositories'),
          ),
        ),
      ]);
    }),
});
