import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { changes } from '../worlds/changes.ts';

const byProgram = changes({ update: { way: 'push', byProgram: true, actor: '77' } });
const agreed = { automation: ['77'] };

export const cases: readonly Case[] = [
  ['a pull request brought it', changes(), 'pass'],
  ['the merge queue brought it', changes({ update: { way: 'merge-queue' } }), 'pass'],
  ['it was pushed', changes({ update: { way: 'push' } }), 'fail'],
  ['it was pushed by force', changes({ update: { way: 'force-push' } }), 'fail'],
  ['the branch was deleted', changes({ update: { way: 'deletion' } }), 'fail'],
  ['the branch was made', changes({ update: { way: 'creation' } }), 'not-applicable'],
  ['how is not told', changes({ update: { way: unknown } }), 'no-data'],
  ['a program pushed it', byProgram, 'fail'],
  ['a program pushed it that the policy names', byProgram, 'not-applicable', agreed],
  [
    'such a program pushed it by force',
    changes({ update: { way: 'force-push', byProgram: true, actor: '77' } }),
    'fail',
    agreed,
  ],
  [
    'somebody who is no program bears the name',
    changes({ update: { way: 'push', byProgram: false, actor: '77' } }),
    'fail',
    agreed,
  ],
  [
    'whether it is a program is not told',
    changes({ update: { way: 'push', byProgram: unknown, actor: '77' } }),
    'no-data',
    agreed,
  ],
  ['nothing was changed', spoiled(changes(), 'github/branch-updates', { records: [] }), 'not-applicable'],
  ['the log was refused', denied(changes(), 'github/branch-updates'), 'no-data'],
  ['nobody agreed to have it read', without(changes(), 'github/branch-updates'), 'no-data'],
];
