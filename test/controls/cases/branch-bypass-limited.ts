import { type Case, unknown, without, spoiled, denied } from '../told.ts';
import { code } from '../worlds/code.ts';

const team = 'Team 300: pull_request';

export const cases: readonly Case[] = [
  ['nobody may', code(), 'pass'],
  ['somebody may pass a ruleset by', code({ bypassActors: [team] }), 'fail'],
  ['somebody whom the policy names', code({ bypassActors: [team] }), 'pass', { approved: [team] }],
  [
    'one whom the policy names, and always rather than for pull requests',
    code({ bypassActors: ['Team 300: always'] }),
    'fail',
    { approved: [team] },
  ],
  [
    'one whom the policy names and another',
    code({ bypassActors: [team, 'OrganizationAdmin 1: always'] }),
    'fail',
    { approved: [team] },
  ],
  [
    'administrators are not bound by classic protection',
    code({ classic: { actors: ['administrators: always'] } }),
    'fail',
  ],
  ['GitHub does not show who may', code({ bypassActors: unknown }), 'no-data'],
  ['the details of rulesets are refused', denied(code(), 'github/ruleset-details'), 'no-data'],
  ['nobody asked about classic protection', without(code(), 'github/protection-rules'), 'no-data'],
  ['who may pass classic protection by is not told', code({ classic: { actors: unknown } }), 'no-data'],
  ['of which rule that is told, is not told', code({ classic: { ruleset: unknown } }), 'no-data'],
  ['classic protection is refused', denied(code(), 'github/protection-rules'), 'no-data'],
  [
    'rulesets are cut',
    spoiled(code(), 'github/repository-rulesets', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'the ruleset only evaluates',
    code({ ruleset: { enforcement: 'evaluate' }, bypassActors: [team] }),
    'pass',
  ],
  ['the ruleset is one for tags', code({ ruleset: { target: 'tag' }, bypassActors: [team] }), 'pass'],
  ['it is not told what the ruleset is for', code({ ruleset: { target: unknown } }), 'no-data'],
  ['the repository is archived', code({ ruleset: { archived: true }, bypassActors: [team] }), 'pass'],
];
