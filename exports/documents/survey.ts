import { isFormula } from '../csv.ts';
import { marks } from '../marks.ts';
import { cellsOf, columnsOf, textOf, type Cell, type Table } from './table.ts';

/** What a spreadsheet can hold in one cell: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
export const longestCell = 32_767;

/** What is known of a table once all its rows were seen: how many there are, and which cells some form cannot hold as they are. */
export interface Survey {
  readonly rows: number;
  /** By column: how many characters its longest cell has. */
  readonly lengths: readonly number[];
  /** By key of a column, how many cells: those that CSV writes with an apostrophe before them. */
  readonly formulas: Readonly<Record<string, number>>;
  /** Those that a spreadsheet has no room for. */
  readonly tooLong: Readonly<Record<string, number>>;
  /** Those with control characters or marks of direction, which pages show and do not obey. */
  readonly marked: Readonly<Record<string, number>>;
}

export function surveyOf(table: Table): Survey {
  const rows = surveying(table);
  for (let row = rows.next(); ; row = rows.next()) if (row.done === true) return row.value;
}

/** Every cell of a table, and at the end what was seen of them, for whoever goes through them anyway. */
export function* surveying(table: Table): Generator<readonly Cell[], Survey> {
  const columns = columnsOf(table);
  const lengths = columns.map(() => 0);
  const formulas: Record<string, number> = {};
  const tooLong: Record<string, number> = {};
  const marked: Record<string, number> = {};
  const hasMarks = new RegExp(marks.source);
  let rows = 0;
  for (const cells of cellsOf(table)) {
    rows += 1;
    for (const [n, cell] of cells.entries()) {
      const text = textOf(cell);
      lengths[n] = Math.max(lengths[n] ?? 0, text.length);
      const key = columns[n]?.key;
      if (key === undefined) throw new Error(`a row of ${table.id} has more cells than columns`);
      if (typeof cell === 'string' && isFormula(text)) formulas[key] = (formulas[key] ?? 0) + 1;
      if (text.length > longestCell) tooLong[key] = (tooLong[key] ?? 0) + 1;
      if (hasMarks.test(text)) marked[key] = (marked[key] ?? 0) + 1;
    }
    if (cells.length < columns.length) throw new Error(`a row of ${table.id} has fewer cells than columns`);
    yield cells;
  }
  return { rows, lengths, formulas, tooLong, marked };
}
