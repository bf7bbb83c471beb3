import { describe, expect, test } from 'vitest';
import { approversOf } from '../collectors/github/approvals.ts';
import { fits, ruleFor } from '../evidence-model/branch-pattern.ts';
import { isUnknown } from '../evidence-model/unknown.ts';

describe('a pattern of classic protection', () => {
  test.each([
    ['main', 'main', true],
    ['main', 'Main', false],
    ['main', 'ma*', true],
    ['main', '*', true],
    ['release/1', '*', false],
    ['release/1', 'release/*', true],
    ['release/1/2', 'release/*', false],
    ['release/1/2', 'release/**/*', true],
    ['release/1', 'release/**/*', true],
    ['a/b/c', '**/c', true],
    ['c', '**/c', true],
    ['a/b', '**', false],
    ['v1', 'v?', true],
    ['v/', 'v?', false],
    ['v1', 'v[0-9]', true],
    ['vx', 'v[!0-9]', true],
    ['v1', 'v[!0-9]', false],
    ['a.b', 'a.b', true],
    ['axb', 'a.b', false],
    ['a+b(c)', 'a+b(c)', true],
    ['main\n', 'main', false],
  ])('%j and %j: %s', (branch, pattern, fit) => {
    expect(fits(branch, pattern)).toBe(fit);
  });

  test('holds where it is the one that names the branch, else the oldest', () => {
    const rules = [{ pattern: 'm*' }, { pattern: 'ma*' }, { pattern: 'main' }];
    expect(ruleFor('main', rules)).toBe(rules[2]);
    expect(ruleFor('make', rules)).toBe(rules[0]);
    expect(ruleFor('other', rules)).toBeNull();
  });
});

describe('approvals by the time of a merge', () => {
  const user = (databaseId: number) => ({ __typename: 'User', databaseId });
  const review = (
    by: number | null,
    state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED',
    hour: number,
  ) => ({
    state,
    submittedAt: `2026-01-08T${String(hour).padStart(2, '0')}:00:00Z`,
    author: by === null ? null : user(by),
  });
  const merged = { author: user(1), mergedAt: '2026-01-08T12:00:00Z' };

  test.each([
    ['of somebody else', [review(2, 'APPROVED', 9)], ['2']],
    ['of the author', [review(1, 'APPROVED', 9)], []],
    ['of nobody that is left', [review(null, 'APPROVED', 9)], []],
    ['after the merge', [review(2, 'APPROVED', 13)], []],
    ['that a comment followed', [review(2, 'APPROVED', 9), review(2, 'COMMENTED', 10)], ['2']],
    ['that a refusal followed', [review(2, 'APPROVED', 9), review(2, 'CHANGES_REQUESTED', 10)], []],
    ['that followed a refusal', [review(2, 'CHANGES_REQUESTED', 9), review(2, 'APPROVED', 10)], ['2']],
    ['beside one that was taken back', [review(2, 'APPROVED', 9), review(3, 'DISMISSED', 9)], ['2']],
  ])('%s', (_, reviews, approvers) => {
    expect(approversOf(reviews, merged)).toEqual(approvers);
  });

  test('that were taken back, nobody knows when, are not known not to have been there', () => {
    expect(isUnknown(approversOf([review(2, 'DISMISSED', 9)], merged))).toBe(true);
    expect(approversOf([review(1, 'DISMISSED', 9)], merged)).toEqual([]);
  });
});
