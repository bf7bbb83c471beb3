import { type Case, spoiled, denied } from '../told.ts';
import { github } from '../worlds.ts';

const classic = (pattern: string) => ({
  pattern,
  pullRequestRequired: true,
  approvals: 1,
  statusChecksRequired: false,
  administratorsBound: true,
  forcePushRefused: true,
  deletionRefused: true,
});

export const cases: readonly Case[] = [
  ['a ruleset holds', github(), 'pass'],
  [
    'nothing holds',
    github({ rules: { pullRequestRequired: false, forcePushRefused: false, deletionRefused: false } }),
    'fail',
  ],
  ['deletion is allowed', github({ rules: { deletionRefused: false } }), 'fail'],
  ['classic protection is refused', denied(github(), 'github/branch-protection'), 'no-data'],
  [
    'classic protection of another branch holds',
    spoiled(github({ rules: { deletionRefused: false } }), 'github/branch-protection', {
      records: [{ kind: 'repository', id: '20', classicProtection: [classic('release/*')] }],
    }),
    'fail',
  ],
  [
    'classic protection by a pattern adds what the rules lack',
    spoiled(github({ rules: { deletionRefused: false } }), 'github/branch-protection', {
      records: [{ kind: 'repository', id: '20', classicProtection: [classic('ma*')] }],
    }),
    'pass',
  ],
  ['the rules are refused', denied(github(), 'github/branch-rules'), 'no-data'],
  [
    'all are archived',
    spoiled(
      spoiled(github(), 'github/repositories', {
        records: [{ kind: 'repository', id: '20', archived: true }],
      }),
      'github/branch-rules',
      { records: [], partitions: {} },
    ),
    'not-applicable',
  ],
];
