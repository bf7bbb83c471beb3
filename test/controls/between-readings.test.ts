import { describe, expect, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';
import {
  allEntries,
  entryOf,
  isNoted,
  itself,
  lineNames,
  showingOf,
} from '../../controls/between-readings/shown.ts';
import { needsOf } from '../../controls/control.ts';
import { controls } from '../../controls/index.ts';
import * as kinds from '../../evidence-model/kinds.ts';

const datasets = collectors.flatMap((collector) =>
  collector.datasets.map((dataset) => ({ collector: collector.id, dataset })),
);
const asked = controls.flatMap((control) =>
  control.collectors.flatMap((collector) =>
    needsOf(control, collector).flatMap(({ kind, fields }) =>
      [itself, ...fields].map((field) => ({ control: control.id, collector, kind, field })),
    ),
  ),
);

describe('every control', () => {
  test('names, for all that it looks at, a log that shows its changes, or says why none can', () => {
    expect(
      asked.filter(({ collector, kind, field }) => entryOf(collector, kind, field) === undefined),
    ).toEqual([]);
    for (const control of controls)
      for (const collector of control.collectors) {
        const { untold, watched, happens } = showingOf(control, collector);
        expect(untold.length + watched.length + Number(happens), control.id).toBeGreaterThan(0);
        expect(untold.join(), control.id).not.toContain('no log is declared');
      }
  });

  test('is covered by nothing where AWS is concerned, of whose log only sign-ins are read', () => {
    for (const control of controls.filter(({ collectors: of }) => of.includes('aws')))
      expect(showingOf(control, 'aws').untold, control.id).not.toEqual([]);
  });
});

describe('every declaration', () => {
  const entries = allEntries();

  test('is of use to some control', () => {
    const used = new Set(asked.map(({ collector, kind, field }) => entryOf(collector, kind, field)));
    expect(entries.filter(({ entry }) => !used.has(entry))).toEqual([]);
    for (const { collector, kind, entry } of entries)
      for (const field of entry.of)
        if (field !== '*' && field !== itself)
          expect(
            asked.some((each) => each.kind === kind && each.field === field && each.collector === collector),
            `${collector ?? ''} ${kind} ${field}`,
          ).toBe(true);
  });

  test('is of a kind that there is, and says a thing once', () => {
    const names = new Set(Object.values(kinds).flatMap((kind) => ('name' in kind ? [kind.name] : [])));
    for (const { kind } of entries) if (kind !== '*') expect(names, kind).toContain(kind);
    const said = entries.flatMap(({ collector, kind, entry }) =>
      entry.of.map((field) => JSON.stringify([collector, kind, field])),
    );
    expect(said.filter((each, n) => said.indexOf(each) !== n)).toEqual([]);
  });

  test('names logs that are read whole, and not for each of several things, with lines that say what was done and when', () => {
    const logs = entries.flatMap(({ collector, entry }) => ('log' in entry ? [{ collector, entry }] : []));
    expect(logs.length).toBeGreaterThan(20);
    for (const { collector, entry } of logs) {
      const read = datasets.find(({ dataset }) => dataset.id === entry.log);
      expect(read?.collector).toBe(collector);
      expect(read?.dataset.type).toBe('log');
      expect(read?.dataset.each).toBeUndefined();
      const speech = read?.dataset.speaks.filter(({ kind }) => kind.name in lineNames) ?? [];
      expect(speech).toHaveLength(1);
      expect(speech[0]?.lists).toBe(true);
      expect(speech[0]?.fields).toEqual(
        expect.arrayContaining(['at', lineNames[speech[0]?.kind.name ?? '']]),
      );
      expect(entry.docs).toMatch(/^https:\/\/(docs\.github\.com|learn\.microsoft\.com)\/[^#]+#[a-z0-9_-]+$/);
    }
  });

  test('says that a thing is a log by itself only of what happened', () => {
    const byName = new Map(
      Object.values(kinds).flatMap((kind) => ('name' in kind ? [[kind.name, kind]] : [])),
    );
    for (const { kind, entry } of entries)
      if ('own' in entry) expect(byName.get(kind), kind).toHaveProperty('at');
  });
});

describe('names of events', () => {
  const isShown = (id: string, collector: string, name: string) =>
    showingOf(
      controls.find((control) => control.id === id)!,
      collector,
    ).watched.some((watched) => watched.isShown(name));

  test.each([
    ['mfa-required-all-users-m365', 'microsoft365', 'Update conditional access policy', true],
    ['mfa-required-all-users-m365', 'microsoft365', 'Update Conditional Access policy', true],
    ['mfa-required-all-users-m365', 'microsoft365', 'Update security defaults', true],
    ['mfa-required-all-users-m365', 'microsoft365', 'Set federation settings on domain', true],
    ['mfa-required-all-users-m365', 'microsoft365', 'Add member to role completed (PIM activation)', true],
    ['mfa-required-all-users-m365', 'microsoft365', 'Add member to role requested (PIM activation)', false],
    ['mfa-required-all-users-m365', 'microsoft365', 'User registered security info', false],
    ['app-secrets-expiry', 'microsoft365', 'Update application – Certificates and secrets management ', true],
    ['app-secrets-expiry', 'microsoft365', 'Add service principal credentials', true],
    ['mfa-required-github-org', 'github', 'org.disable_two_factor_requirement', true],
    ['public-repos-approved', 'github', 'repo.access', true],
    ['public-repos-approved', 'github', 'repo.something_new', true],
    ['public-repos-approved', 'github', 'repo.download_zip', false],
    ['public-repos-approved', 'github', 'reposaccess', false],
    ['branch-protected', 'github', 'repository_branch_protection_evaluation.disable', true],
    ['branch-protected', 'github', 'protected_branch.policy_override', false],
    ['github-owners-bounded', 'github', 'org.update_member', true],
    ['github-owners-bounded', 'github', 'org.invite_member', false],
  ])('%s of %s is told of a change by %s: %s', (id, collector, name, shown) => {
    expect(isShown(id, collector, name)).toBe(shown);
    const log = collector === 'github' ? 'github/audit-log' : 'microsoft365/directory-audits';
    if (shown) expect(isNoted(log, name)).toBe(true);
  });

  test('no log tells of the second factor that somebody set up', () => {
    const { untold } = showingOf(
      controls.find(({ id }) => id === 'mfa-enabled-github-members')!,
      'github',
    );
    expect(untold.join()).toMatch(
      /^whoever has an account sets up its second factor.* \(mfaEnabled, mfaSecure of account\)$/,
    );
  });

  test('what an enterprise sets is told only where there is none', () => {
    const { watched } = showingOf(
      controls.find(({ id }) => id === 'mfa-required-github-org')!,
      'github',
    );
    expect(watched.map(({ above }) => above?.id ?? null)).toEqual([null, 'github-enterprise']);
  });
});
