import { type Case, unknown, denied, without } from '../told.ts';
import { code } from '../worlds/code.ts';

/** An alert that has been open for so many days, or a little less. */
const open = (severity: unknown, days: number) => ({
  severity,
  openedAt: new Date(Date.parse('2026-06-30T04:00:00Z') - days * 86_400_000).toISOString(),
});

export const cases: readonly Case[] = [
  ['there are none', code(), 'pass'],
  ['a critical one is two weeks old', code({ flaws: [open('critical', 14)] }), 'pass'],
  ['a critical one is older', code({ flaws: [open('critical', 15)] }), 'fail'],
  ['a high one is 30 days old', code({ flaws: [open('high', 30)] }), 'pass'],
  ['a high one is older', code({ flaws: [open('high', 31)] }), 'fail'],
  ['a medium one is 90 days old', code({ flaws: [open('medium', 90)] }), 'pass'],
  ['a medium one is older', code({ flaws: [open('medium', 91)] }), 'fail'],
  ['a low one is a year old', code({ flaws: [open('low', 365)] }), 'pass'],
  ['the policy says less', code({ flaws: [open('critical', 10)] }), 'fail', { criticalDays: 7 }],
  [
    'an old one, and which package has it is not told',
    code({ flaws: [{ ...open('high', 99), name: unknown }] }),
    'fail',
  ],
  ['how bad one is, is not told', code({ flaws: [open(unknown, 1)] }), 'no-data'],
  [
    'since when one is open is not told',
    code({ flaws: [{ severity: 'low', openedAt: unknown }] }),
    'no-data',
  ],
  ['alerts are off', code({ scanned: { dependencyAlerts: false } }), 'fail'],
  ['whether alerts are on is not shown', code({ scanned: { dependencyAlerts: unknown } }), 'no-data'],
  ['nobody asked whether alerts are on', without(code(), 'github/repository-dependency-alerts'), 'no-data'],
  ['the alerts are refused', denied(code(), 'github/dependabot-alerts'), 'no-data'],
  [
    'what is archived has alerts off',
    code({ repository: { archived: true }, scanned: { dependencyAlerts: false } }),
    'not-applicable',
  ],
  [
    'what is archived has an old one',
    code({ repository: { archived: true }, flaws: [open('critical', 99)] }),
    'fail',
  ],
];
