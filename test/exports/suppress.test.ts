import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suppressed, type Cell, type Shown, type Sum } from '../../exports/insurer/suppress.ts';

/* What is kept back of a cross-tabulation, and that nobody can work it out. */

/** A table of classes by counts: each count is the sum of the classes, and each class that of its counts. */
function tableOf(counts: readonly (readonly number[])[], open: (row: number, column: number) => boolean) {
  const rows = counts.map((row) => [row.reduce((sum, n) => sum + n, 0), ...row]);
  const width = rows[0]!.length;
  const all = Array.from({ length: width }, (_, n) => rows.reduce((sum, row) => sum + row[n]!, 0));
  const cells = [all, ...rows].flatMap((row, r) =>
    row.map((count, c): Cell => ({ count, open: open(r - 1, c) })),
  );
  const at = (row: number, column: number) => row * width + column;
  const columns = Array.from({ length: width }, (_, n) => n);
  const sums: Sum[] = [
    ...[all, ...rows].map((_, r) => ({ of: at(r, 0), parts: columns.slice(1).map((c) => at(r, c)) })),
    ...columns.map((c) => ({ of: at(0, c), parts: rows.map((_row, r) => at(r + 1, c)) })),
  ];
  return { cells, sums };
}

/** Every table that a reader can think of: all values that the marks allow, as far as the sums hold. */
function possible(shown: readonly Shown[], sums: readonly Sum[], most: number): Set<number>[] {
  const found = shown.map(() => new Set<number>());
  const values = shown.map((each) => (typeof each === 'number' ? each : null));
  const hidden = shown.flatMap((each, n) => (typeof each === 'number' ? [] : [n]));
  const holds = () =>
    sums.every(({ of, parts }) => {
      const line = [of, ...parts];
      if (line.some((n) => values[n] === null)) return true;
      return parts.reduce((sum, n) => sum + values[n]!, 0) === values[of];
    });
  // Nothing that is kept back is nought, and whoever knows the rule knows that.
  const [small, others] = [[1, 2, 3, 4], Array.from({ length: most - 4 }, (_, n) => n + 5)];
  const domain = (mark: Shown | undefined) => (mark === '<5' ? small : others);
  const go = (n: number) => {
    const cell = hidden[n];
    if (cell === undefined) {
      for (const [k, value] of values.entries()) found[k]!.add(value!);
      return;
    }
    for (const value of domain(shown[cell])) {
      values[cell] = value;
      if (holds()) go(n + 1);
    }
    values[cell] = null;
  };
  go(0);
  return found;
}

const tables = fc
  .record({
    counts: fc.array(fc.array(fc.nat({ max: 6 }), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 3,
    }),
    open: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    failures: fc.boolean(),
    totals: fc.boolean(),
  })
  .map(({ counts, open, failures, totals }) =>
    tableOf(counts, (row, column) => (row < 0 ? totals : open[row] === true || (failures && column === 2))),
  );

test('nothing that is kept back can be worked out from what is printed', () => {
  let kept = 0;
  fc.assert(
    fc.property(tables, ({ cells, sums }) => {
      const shown = suppressed(cells, sums);
      if (shown === null) return;
      const values = possible(shown, sums, 24);
      for (const [n, each] of shown.entries()) {
        if (typeof each === 'number') continue;
        kept += 1;
        expect(values[n]!.has(cells[n]!.count)).toBe(true);
        expect(values[n]!.size).toBeGreaterThan(1);
      }
    }),
    { numRuns: 40 },
  );
  expect(kept).toBeGreaterThan(10);
});

test('what is open is printed as it is, small counts are not, and each mark is true', () => {
  fc.assert(
    fc.property(tables, ({ cells, sums }) => {
      for (const [n, each] of (suppressed(cells, sums) ?? []).entries()) {
        const { count, open } = cells[n]!;
        const isSmall = count >= 1 && count <= 4;
        if (open) expect(each).toBe(count);
        else if (isSmall) expect(each).toBe('<5');
        else expect([count, 'withheld']).toContain(each);
      }
    }),
  );
});

test('a small count takes another with it where the sum would give it away', () => {
  const { cells, sums } = tableOf(
    [
      [9, 0],
      [3, 0],
      [20, 0],
    ],
    (row, column) => row < 0 || column === 2,
  );
  expect(suppressed(cells, sums)).toEqual([
    ...[32, 32, 0],
    ...['withheld', 'withheld', 0],
    ...['<5', '<5', 0],
    ...[20, 20, 0],
  ]);
});

test('what is open already gives a count away: then the table is not parted so far', () => {
  const { cells, sums } = tableOf(
    [
      [9, 0],
      [3, 0],
    ],
    (row) => row <= 0,
  );
  expect(suppressed(cells, sums)).toBeNull();
});
