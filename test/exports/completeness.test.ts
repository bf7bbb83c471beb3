import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import type { SnapshotLine } from '../../evidence-model/snapshot.ts';
import type { Report } from '../../exports/verify/report.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyVaultFolder } from '../../exports/verify/verify-vault.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { forgedVault, type Change } from '../support/forge.ts';

/*
 * Snapshots that say more than their answers do, under signatures that all fit: what is called complete must follow
 * from what was kept.
 */
const demo = demoFolder();
let counter = 0;

async function verified(datasets: RegExp, change: Change): Promise<Report & { dir: string }> {
  const dir = join(demo().dir, `forged-${(counter += 1)}`);
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const from = { vault: join(demo().dir, 'vault'), keys: join(demo().dir, 'keys') };
  await forgedVault(from, dir, datasets, change);
  return { dir, ...(await verifyVaultFolder(dir, await readTrust(join(demo().dir, 'trust')))) };
}

type Line<L extends SnapshotLine['line']> = Extract<SnapshotLine, { line: L }>;

/** Changes the lines of one kind. */
function each<L extends SnapshotLine['line']>(of: L, how: (line: Line<L>) => object): Change {
  return (lines) => lines.map((line) => (line.line === of ? { ...line, ...how(line as Line<L>) } : line));
}

const inTurn =
  (...changes: readonly Change[]): Change =>
  (lines) =>
    changes.reduce((all, change) => change(all), lines);

/** The first answer becomes an aside, what was read from it goes, and every number is made to fit. */
const hidden: Change = (lines) => {
  const first = lines.findIndex((line) => line.line === 'capture' && line.use === 'items');
  const next = lines.findIndex((line, n) => n > first && line.line !== 'record' && line.line !== 'reject');
  const gone = lines.slice(first + 1, next).length;
  const items = new Set(lines.slice(first + 1, next).map((line) => 'pointer' in line && line.pointer)).size;
  const kept = [...lines.slice(0, first + 1), ...lines.slice(next)];
  const less = (line: { items: number; records: number }) => ({
    items: line.items - items,
    records: line.records - gone,
  });
  return inTurn(
    (all) => all.map((line, n) => (n === first ? ({ ...line, use: 'aside' } as SnapshotLine) : line)),
    each('partition', (line) => ({ ...less(line), pages: line.pages - 1 })),
    each('end', less),
  )(kept);
};

const whole = { outcome: 'complete', reasons: [] };

describe('a snapshot', () => {
  const ways: readonly (readonly [string, RegExp, Change, RegExp])[] = [
    [
      'whose partial reading is called complete',
      /^aws\/credential-report$/,
      inTurn(
        each('partition', () => whole),
        each('end', () => whole),
      ),
      /called complete of \d+, and /,
    ],
    [
      'that sets a page aside, though a count tells',
      /^github\/members$/,
      hidden,
      /set aside that names others/,
    ],
    [
      'that sets a page aside, where nothing counts',
      /^github\/webhooks$/,
      hidden,
      /set aside that names others/,
    ],
    [
      'that counts less',
      /^github\/members$/,
      inTurn(
        each('partition', ({ expected }) => ({ expected: (expected ?? 0) - 1 })),
        each('end', ({ expected }) => ({ expected: (expected ?? 0) - 1 })),
      ),
      /no answer says that 59 were to be expected/,
    ],
    [
      'that forgets its count',
      /^github\/members$/,
      inTurn(
        each('partition', () => ({ expected: null })),
        each('end', () => ({ expected: null })),
      ),
      /its count is another/,
    ],
    [
      'that forgets its probes and counts',
      /^github\/members-2fa-disabled$/,
      (lines) => lines.filter((line) => line.line !== 'capture' || line.use !== 'count'),
      /is not shown to this caller/,
    ],
    [
      'that leaves a partition out',
      /^github\/branch-rules$/,
      (lines) =>
        lines.filter(
          (line, n) => line.line !== 'partition' || lines.findIndex((one) => one.line === 'partition') !== n,
        ),
      /nothing is said of/,
    ],
    [
      'whose end counts otherwise',
      /^github\/teams$/,
      each('end', ({ items }) => ({ items: items + 1 })),
      /its end says/,
    ],
    [
      'that lists what it does not',
      /^github\/organization$/,
      each('snapshot', ({ kinds }) => ({
        kinds: Object.fromEntries(
          Object.entries(kinds).map(([kind, said]) => [kind, { ...said, lists: said.lists === false }]),
        ),
      })),
      /in another way than the dataset declares/,
    ],
    [
      'that takes back what absence means',
      /^github\/members-2fa-disabled$/,
      each('snapshot', () => ({ absence: [] })),
      /in another way than the dataset declares/,
    ],
    [
      'that was of another slot',
      /^github\/organization$/,
      each('snapshot', () => ({ slot: '20200101T000000Z' })),
      /of another reading/,
    ],
  ];
  test.each(ways)('%s is refused', async (_, datasets, change, why) => {
    const { verdict, checks } = await verified(datasets, change);
    expect(verdict).toBe('failed');
    const texts = checks.filter(({ ok }) => !ok).map(({ id, text }) => `${id}: ${text}`);
    expect(texts.every((text) => text.startsWith('records: '))).toBe(true);
    expect(texts.join()).toMatch(why);
  });

  test('may be less complete than it could be', async () => {
    const reasons = [{ code: 'internal-error', text: 'Exhibit itself failed: Error', grant: [] }];
    const less = () => ({ outcome: 'partial', reasons });
    const { checks, unchecked } = await verified(
      /^github\/members$/,
      inTurn(each('partition', less), each('end', less)),
    );
    expect([checks.filter(({ ok }) => !ok), unchecked]).toEqual([[], []]);
  });

  test('of other code whose records come out otherwise is not verified: 3', async () => {
    const other = each('snapshot', () => ({ code: digest('other code') }));
    const { dir, ...report } = await verified(
      /^github\//,
      inTurn(
        other,
        each('record', ({ data }) =>
          data['mfaRequired'] === false ? { data: { ...data, mfaRequired: true } } : {},
        ),
      ),
    );
    expect(report.verdict).toBe('incomplete');
    expect(report.unchecked).toEqual([
      expect.stringMatching(/github\/organization.*other records than were written/),
    ]);
    expect(report.checks.find(({ id }) => id === 'records')?.text).not.toContain('all equal');
    const { code } = await exhibit(['verify', dir, '--trust', join(demo().dir, 'trust')]);
    expect(code).toBe(3);
  });
});
