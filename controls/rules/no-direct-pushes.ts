import { z } from 'zod';
import { BranchUpdate } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

/** How a branch was changed without a pull request, in words. */
const ways = {
  push: 'it was pushed to the branch, without a pull request',
  'force-push': 'it was pushed to the branch by force, over what was there',
  deletion: 'the branch was deleted',
} as const;

export const noDirectPushes = control({
  id: 'no-direct-pushes',
  severity: 'critical',
  assertion:
    "In the 30 days up to each reading no default branch of a repository of a connected GitHub organisation was changed other than by a merged pull request or merge queue, by GitHub's own account of it, or by automation that the policy names. Repositories and their default branches are those that were so when the log was read of that time; that a branch was made is not counted as a change of it.",
  board: 'Finds the changes that a list of reviewed ones does not show.',
  remedy:
    'Find out who pushed and why, have it reviewed now, and require pull requests of everybody who may push.',
  collectors: ['github'],
  population: 'changes of default branches in the last 30 days',
  parameters: z.strictObject({
    /** Ids of accounts of programs whose pushes were agreed to, such as one that notes versions. */
    automation: z.array(z.string()).default([]),
  }),
  over: need(BranchUpdate, ['at', 'actor', 'byProgram', 'way']),
  related: {},
  days: 30,
  test: (update, { parameters: { automation } }) =>
    update.given(['at', 'way'], ({ at, way }) => {
      if (way === 'pull-request') return pass('a pull request brought it');
      if (way === 'merge-queue') return pass('the merge queue brought it');
      if (way === 'creation') return notApplicable('the branch was made then');
      if (automation.length === 0) return fail(`${ways[way]}, on ${at.slice(0, 10)}`);
      return update.given(['actor', 'byProgram'], ({ actor, byProgram }) =>
        way === 'push' && byProgram && automation.includes(actor)
          ? notApplicable('a program pushed it that the policy names')
          : fail(`${ways[way]}, on ${at.slice(0, 10)}`),
      );
    }),
});
