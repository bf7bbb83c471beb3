import { expect, test } from 'vitest';
import { AuditEvent, DirectoryChange } from '../../evidence-model/kinds.ts';
import { joinSubjects } from '../../evidence-model/subject.ts';
import { linesIn, saidBy } from '../../exports/period/log-lines.ts';
import type { JudgedNight } from '../../exports/judge-night.ts';
import { snapshotOf, type Told } from '../controls/support.ts';

/** The lines of logs that a night read. */
function linesOf(...told: readonly Told[]) {
  const snapshots = told.map(snapshotOf);
  const night = {
    plan: { sources: snapshots.map(({ header }) => ({ id: header.source })) },
    datasets: snapshots.map((snapshot) => ({ snapshot })),
    subjects: joinSubjects(snapshots, new Set([AuditEvent.name, DirectoryChange.name])),
  };
  return [...linesIn(night as unknown as JudgedNight)].map(
    ({ activity, targets, says, role, properties }) => [
      ...[activity, targets.join(' '), says.join(' '), role, properties.join(' ')],
    ],
  );
}

const of = (
  kind: typeof AuditEvent | typeof DirectoryChange,
  dataset: string,
  events: readonly object[],
): Told => ({
  dataset,
  kinds: { [kind.name]: { speaks: Object.keys(kind.fields), lists: true } },
  log: { to: '2026-06-30T02:00:00.000Z', covered: [] },
  records: events.map((event, n) => ({
    ...{ kind: kind.name, id: `line-${n}`, at: '2026-06-17T10:30:00.000Z' },
    ...event,
  })),
});

test('what is asked for, refused or called off in a directory has not come about', () => {
  for (const activity of [
    'Add member to role requested (PIM activation)',
    'Add member to role approval requested (PIM activation)',
    'Add member to role request denied (PIM activation)',
    'Add member to role canceled (PIM activation)',
    'Add eligible member to role in PIM requested (timebound)',
    'Add user to group',
  ])
    expect(saidBy(activity), activity).toEqual([]);
  expect(saidBy('Remove member from role (PIM activation expired)')).toEqual(['lost']);
  expect(saidBy('Add eligible member to role in PIM completed (timebound)')).toEqual(['eligible']);
  expect(saidBy('Remove eligible member from role in PIM completed (permanent)')).toEqual([
    'no-longer-eligible',
  ]);
});

test('a line of a directory counts where it succeeded, and a change of somebody where it says that they moved', () => {
  const line = { succeeded: true, targets: ['ada'], properties: [] };
  expect(
    linesOf(
      of(DirectoryChange, 'microsoft365/directory-audits', [
        { ...line, activity: 'Add user' },
        { ...line, activity: 'Delete user', succeeded: false },
        { ...line, activity: 'Delete user', succeeded: { unknown: 'not told' } },
        { ...line, activity: 'Update user', properties: ['Department', 'Included Updated Properties'] },
        { ...line, activity: 'Update user', properties: ['PasswordPolicies'] },
        { ...line, activity: 'Update user', properties: { unknown: 'not told' } },
      ]),
    ),
  ).toEqual([
    ['Add user', 'ada', 'joined', null, ''],
    ['Update user', 'ada', 'moved', null, 'Department'],
  ]);
});

test('a line of an organisation counts where it says whom it is about and what they may do since', () => {
  const line = { actor: '1', repository: 'none', target: '12', role: 'none' };
  expect(
    linesOf(
      of(AuditEvent, 'github/audit-log', [
        { ...line, action: 'org.add_member' },
        { ...line, action: 'org.add_member', role: 'admin' },
        { ...line, action: 'org.update_member', role: 'admin' },
        { ...line, action: 'org.update_member', role: 'read' },
        { ...line, action: 'org.update_member' },
        { ...line, action: 'org.update_member', role: 'admin', target: { unknown: 'not told' } },
        { ...line, action: 'org.remove_member' },
        { ...line, action: 'organization_role.assign', role: '138' },
        { ...line, action: 'organization_role.assign', role: '138', target: 'none' },
        { ...line, action: 'organization_role.revoke', role: '138' },
        { ...line, action: 'team.add_member' },
      ]),
    ),
  ).toEqual([
    ['org.add_member', '12', 'joined', null, ''],
    ['org.add_member', '12', 'joined gained', 'owner', ''],
    ['org.update_member', '12', 'gained', 'owner', ''],
    ['org.update_member', '12', 'lost', 'owner', ''],
    ['org.remove_member', '12', 'left', null, ''],
    ['organization_role.assign', '12', 'gained', '138', ''],
    ['organization_role.revoke', '12', 'lost', '138', ''],
  ]);
});
