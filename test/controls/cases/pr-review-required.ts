import { type Case, unknown, without, spoiled, denied } from '../told.ts';
import { code } from '../worlds/code.ts';

const classic = (rule: Readonly<Record<string, unknown>>, rules: Readonly<Record<string, unknown>> = {}) =>
  spoiled(
    code({
      rules: { approvals: 0, staleApprovalsDismissed: false, lastPushApprovalRequired: false, ...rules },
    }),
    'github/branch-protection',
    {
      records: [
        {
          kind: 'repository',
          id: '20',
          classicProtection: [
            {
              pattern: 'main',
              pullRequestRequired: true,
              approvals: 1,
              staleApprovalsDismissed: true,
              lastPushApprovalRequired: false,
              statusChecksRequired: false,
              administratorsBound: true,
              forcePushRefused: true,
              deletionRefused: true,
              ...rule,
            },
          ],
        },
      ],
    },
  );

export const cases: readonly Case[] = [
  ['one approval, which ends when the code changes', code(), 'pass'],
  [
    'one approval, and one of the last push',
    code({ rules: { staleApprovalsDismissed: false, lastPushApprovalRequired: true } }),
    'pass',
  ],
  ['approvals stay whatever is pushed', code({ rules: { staleApprovalsDismissed: false } }), 'fail'],
  ['a pull request needs no approval', code({ rules: { approvals: 0 } }), 'fail'],
  ['the policy says two, and one is asked for', code(), 'fail', { approvals: 2 }],
  ['the policy says two, and two are asked for', code({ rules: { approvals: 2 } }), 'pass', { approvals: 2 }],
  ['classic protection asks for it', classic({}), 'pass'],
  ['classic protection asks for it of other branches', classic({ pattern: 'release/*' }), 'fail'],
  [
    'classic protection asks for the approval and a ruleset ends it',
    classic({ staleApprovalsDismissed: false }, { staleApprovalsDismissed: true }),
    'pass',
  ],
  ['nothing ends an approval', classic({ staleApprovalsDismissed: false }), 'fail'],
  ['how many approvals are asked for is not told', code({ rules: { approvals: unknown } }), 'no-data'],
  [
    'whether approvals end is not told',
    code({ rules: { staleApprovalsDismissed: unknown, lastPushApprovalRequired: false } }),
    'no-data',
  ],
  ['the rules are refused', denied(code(), 'github/branch-rules'), 'no-data'],
  ['classic protection is refused', denied(code(), 'github/branch-protection'), 'no-data'],
  [
    'nothing asks for it, as far as was read',
    denied(code({ rules: { approvals: 0 } }), 'github/branch-protection'),
    'no-data',
  ],
  [
    'a ruleset asks for it, and nobody asked about classic protection',
    without(code(), 'github/branch-protection'),
    'pass',
  ],
  [
    'no ruleset asks for it, and nobody asked about classic protection',
    without(code({ rules: { approvals: 0 } }), 'github/branch-protection'),
    'no-data',
  ],
  ['the repository is archived', code({ repository: { archived: true } }), 'not-applicable'],
  ['whether it is archived is not told', code({ repository: { archived: unknown } }), 'no-data'],
  [
    'there are proven to be no repositories',
    spoiled(code(), 'github/repositories', { records: [] }),
    'no-data',
  ],
];
