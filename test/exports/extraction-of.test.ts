import { expect, test } from 'vitest';
import { extractionOf } from '../../exports/files/extraction-of.ts';
import type { Judgement } from '../../exports/judge.ts';

/* What is said of how whole a table is: no count is told of that nobody compared. */
const items = 64;

function checkOf(ends: readonly { readonly expected: number | null; readonly outcome?: string }[]) {
  const datasets = ends.map(({ expected, outcome = 'complete' }, n) => ({
    ...{ source: 'one', dataset: `d${n}`, digest: null, reasons: [] },
    snapshot: {
      header: { title: 't', kinds: { thing: { fields: [], lists: true } }, scope: {}, permissions: [] },
      asked: null,
      end: { outcome, expected, items, reasons: [] },
    },
  }));
  const subjects = { of: () => [] };
  const judgement = { asOf: '', plan: { sources: [] }, subjects, datasets, earlier: [] };
  const { completeness, readings } = extractionOf(judgement as unknown as Judgement, 'thing');
  return { check: completeness.check, of: readings.map((each) => each.independentCountOf) };
}

test('readings without a count are not said to agree with one', () => {
  const { check, of } = checkOf([{ expected: null }, { expected: null }]);
  expect(check).toMatch(/2 are whole: .* None of these has a count of the source to hold it against\.$/);
  expect(of).toEqual([null, null]);
});

test('a count of all is told apart from a count of a part', () => {
  const { check, of } = checkOf([{ expected: items }, { expected: 49 }, { expected: 0 }]);
  expect(check).toContain('For 1 of these the source also told how many items there are, and as many came.');
  expect(check).toContain('For 2 of these the source told how many there are of some sorts of the items');
  expect(of).toEqual(['every item', 'some of the items', 'some of the items']);
});

test('of a reading that is not whole no count is called one of anything', () => {
  const { check, of } = checkOf([{ expected: items, outcome: 'partial' }]);
  expect(check).toMatch(/ 0 are whole: every page came and every item was understood\.$/);
  expect(of).toEqual([null]);
});
