import { type Case, unknown, spoiled, denied } from '../told.ts';
import { code } from '../worlds/code.ts';

const classic = (statusChecksRequired: boolean) =>
  spoiled(code({ rules: { statusChecksRequired: false } }), 'github/branch-protection', {
    records: [{ kind: 'repository', id: '20', classicProtection: [{ pattern: 'm*', statusChecksRequired }] }],
  });

export const cases: readonly Case[] = [
  ['a ruleset names a check', code(), 'pass'],
  ['nothing names one', code({ rules: { statusChecksRequired: false } }), 'fail'],
  ['classic protection names one', classic(true), 'pass'],
  ['classic protection names none either', classic(false), 'fail'],
  ['the ruleset does not tell', code({ rules: { statusChecksRequired: unknown } }), 'no-data'],
  ['the rules are refused', denied(code(), 'github/branch-rules'), 'no-data'],
  ['the repository is archived', code({ repository: { archived: true } }), 'not-applicable'],
];
