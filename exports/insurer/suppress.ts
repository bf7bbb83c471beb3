/** A count as it is printed: itself; that it is one of 1 to 4; or that it is kept back so that another cannot be told. */
export type Shown = number | '<5' | 'withheld';

export interface Cell {
  readonly count: number;
  /** Never kept back: failures, exceptions, administrators, what could not be told, and what a test tells anyway. */
  readonly open: boolean;
}

/** That one cell is the sum of others, which readers know. Cells are named by their place. */
export interface Sum {
  readonly of: number;
  readonly parts: readonly number[];
}

const isSmall = (count: number) => count >= 1 && count <= 4;

/**
 * Keeps back what would tell of fewer than five, and as much besides that no sum gives it away: each cell that is kept
 * back could have another value than it has, with all that is printed as it is. `null` where that cannot be had because
 * what is open tells it already; then the table is not to be parted so far.
 */
export function suppressed(cells: readonly Cell[], sums: readonly Sum[]): readonly Shown[] | null {
  const hidden = new Set(cells.keys().filter((n) => cells[n]?.open === false && isSmall(cells[n].count)));
  for (;;) {
    const told = [...hidden].find((cell) => !canDiffer(cell, hidden, cells, sums));
    if (told === undefined) return cells.map(({ count }, n) => (hidden.has(n) ? markOf(count) : count));
    const next = another(hidden, cells, sums);
    if (next === null) return null;
    hidden.add(next);
  }
}

const markOf = (count: number): Shown => (isSmall(count) ? '<5' : 'withheld');

/** The smallest cell beside one that is kept back. A nought is none: whoever reads `withheld` knows that it is not 1 to 4. */
function another(hidden: ReadonlySet<number>, cells: readonly Cell[], sums: readonly Sum[]): number | null {
  const beside = sums
    .map(({ of, parts }) => [of, ...parts])
    .filter((line) => line.some((cell) => hidden.has(cell)))
    .flat()
    .filter((cell) => !hidden.has(cell) && cells[cell]?.open === false && cells[cell].count > 0);
  return beside.sort((a, b) => (cells[a]?.count ?? 0) - (cells[b]?.count ?? 0) || a - b)[0] ?? null;
}

/** Whether a cell could be one more or one less, with others that are kept back, and every mark and sum still be true. */
function canDiffer(
  cell: number,
  hidden: ReadonlySet<number>,
  cells: readonly Cell[],
  sums: readonly Sum[],
): boolean {
  const order = [cell, ...[...hidden].filter((each) => each !== cell)];
  const shifts = new Map<number, number>();
  const holds = () =>
    sums.every(({ of, parts }) => {
      const line = [of, ...parts];
      if (line.some((each) => hidden.has(each) && !shifts.has(each))) return true;
      return parts.reduce((sum, part) => sum + (shifts.get(part) ?? 0), 0) === (shifts.get(of) ?? 0);
    });
  const from = (n: number): boolean => {
    const at = order[n];
    if (at === undefined) return true;
    const count = cells[at]?.count ?? 0;
    for (const shift of n === 0 ? [1, -1] : [0, 1, -1]) {
      if (shift !== 0 && markOf(count + shift) !== markOf(count)) continue;
      shifts.set(at, shift);
      if (holds() && from(n + 1)) return true;
      shifts.delete(at);
    }
    return false;
  };
  return from(0);
}
