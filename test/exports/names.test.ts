import { expect, test } from 'vitest';
import type { Subject, Subjects } from '../../evidence-model/subject.ts';
import { namesIn } from '../../exports/names.ts';

/* What things are called that have no name of their own. */
const unknown = { unknown: 'it was not told' };

function thing(kind: string, id: string, said: Readonly<Record<string, unknown>>): Subject {
  const fields = new Map(Object.entries(said).map(([field, value]) => [field, { value, citations: [] }]));
  return { source: 'github', kind, id, partitions: new Set(), fields, citations: [] };
}

function callOf(control: string, subject: string, ...things: readonly Subject[]): string | null {
  const subjects = {
    of: (kind: string) => things.filter((each) => each.kind === kind),
  } as unknown as Subjects;
  return namesIn({ subjects })(control, { source: 'github', subject, name: null });
}

const repository = (place: unknown) => thing('repository', '7', { place });
const request = thing('pull-request', '7:12', { repository: '7', number: 12 });
const update = (place: unknown) =>
  thing('branch-update', '99', { place, branch: 'main', at: '2026-01-02T03:04:05Z' });

test.each([
  ['a pull request', 'merged-changes-reviewed', '7:12', [repository('o/r'), request], 'o/r #12'],
  ['one of a repository of which nothing is told', 'merged-changes-reviewed', '7:12', [request], null],
  [
    ...['one whose repository’s place is not known', 'merged-changes-reviewed', '7:12'],
    ...[[repository(unknown), request], null],
  ],
  ['a change of a branch', 'no-direct-pushes', '99', [update('o/r')], 'o/r main 2026-01-02T03:04:05Z'],
  ['one whose place is not known', 'no-direct-pushes', '99', [update(unknown)], null],
  [...['what another control calls alike', 'mfa-aws-root', '7:12'], ...[[repository('o/r'), request], null]],
] as [string, string, string, Subject[], string | null][])('%s', (_, control, subject, things, name) => {
  expect(callOf(control, subject, ...things)).toBe(name);
});

test('what has a name is called so', () => {
  const subjects = { of: () => [] } as unknown as Subjects;
  const verdict = { source: 'github', subject: '7:12', name: 'Its own' };
  expect(namesIn({ subjects })('merged-changes-reviewed', verdict)).toBe('Its own');
});
