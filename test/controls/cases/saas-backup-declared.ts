import type { Case } from '../told.ts';
import type { Written } from '../support.ts';
import { github } from '../worlds.ts';

type Stated = Extract<
  NonNullable<NonNullable<Written['declared']>['attestations']>[number],
  { topic: 'saas-backup' }
>;

const said = (...changes: readonly Partial<Stated>[]): Written => ({
  declared: {
    attestations: changes.map((change, n) => ({
      id: `said-${n}`,
      topic: 'saas-backup' as const,
      source: 'github-one',
      by: 'Ada Example',
      role: 'Head of IT',
      statedOn: '2026-03-01',
      validUntil: '2026-12-31',
      stated: { backedUp: true as const, product: 'Tidewater Backup', keptDays: 90 },
      ...change,
    })),
  },
});
const none = { stated: { backedUp: false as const } };

export const cases: readonly Case[] = [
  ['what makes copies is stated', github(), 'pass', {}, {}, said({})],
  [
    'that there are none is stated, and accepted',
    github(),
    'pass',
    {},
    {},
    said({ stated: { backedUp: false, acceptedBy: 'Bo Example' } }),
  ],
  ['that there are none is stated, and nobody accepted it', github(), 'fail', {}, {}, said(none)],
  ['two state different things', github(), 'fail', {}, {}, said({}, none)],
  [
    'an old statement is no longer of interest',
    github(),
    'pass',
    {},
    {},
    said({}, { ...none, validUntil: '2026-06-29' }),
  ],
  ['nobody stated anything', github(), 'manual'],
  ['it is stated of another source', github(), 'manual', {}, {}, said({ source: 'microsoft365-one' })],
  ['the statement has ended', github(), 'manual', {}, {}, said({ validUntil: '2026-06-29' })],
  ['the statement is a year and a day old', github(), 'manual', {}, {}, said({ statedOn: '2025-06-29' })],
  ['the policy allows less', github(), 'manual', { maxAgeDays: 90 }, {}, said({})],
  ['the statement is of tomorrow', github(), 'manual', {}, {}, said({ statedOn: '2026-07-01' })],
  ['the source is not connected', [], 'no-data', {}, {}, said({})],
];
