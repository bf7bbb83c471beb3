import { metaOf, metaRows } from './meta.ts';
import type { Survey } from './survey.ts';
import { cellsOf, columnsOf, type Cell, type Column, type Table } from './table.ts';
import type { Sheet } from './xlsx/sheet.ts';
import { workbook } from './xlsx/workbook.ts';

/** What a sheet can hold, less its header. */
const mostRows = 2 ** 20 - 1;

/** Tables as one workbook: a sheet for each, or several where one cannot hold all rows, and `meta` with how they were extracted. */
export function xlsx(
  tables: readonly { readonly table: Table; readonly survey: Survey }[],
): Iterable<Uint8Array> {
  const [first] = tables;
  if (!first) throw new Error('a workbook has a table');
  const { title, extraction } = first.table;
  const metas = tables.map(({ table, survey }) => [table.id, metaOf(table, survey)] as const);
  const about = metas.length === 1 ? metas[0]?.[1] : Object.fromEntries(metas);
  const meta: Sheet = {
    name: 'meta',
    columns: [
      { title: 'What', type: 'text', width: 44 },
      { title: 'Value', type: 'text', width: 100, wrapped: true },
    ],
    rows: metaRows(about),
  };
  const sheets = tables.flatMap(({ table, survey }) => sheetsOf(table, survey));
  return workbook([...sheets, meta], { title, asOf: extraction.asOf });
}

function sheetsOf(table: Table, { rows, lengths }: Survey): Sheet[] {
  const columns = columnsOf(table).map((column, n) => ({
    title: column.title,
    type: column.type,
    width: widthOf(column, lengths[n] ?? 0),
  }));
  const cells = cellsOf(table)[Symbol.iterator]();
  return Array.from({ length: Math.max(1, Math.ceil(rows / mostRows)) }, (_, n) => ({
    name: n === 0 ? table.id.slice(0, 31) : `${table.id.slice(0, 27)} ${n + 1}`,
    columns,
    rows: next(cells, mostRows),
  }));
}

/** As wide as its longest cell, within bounds; the button of the filter stands beside the title. */
function widthOf({ title, type }: Column, longest: number): number {
  const needed = type === 'date-time' ? Math.min(longest, 19) : longest;
  return Math.min(60, Math.max(8, needed + 2, title.length + 4));
}

/** The next so many of what is iterated, which stays open. */
function* next(cells: Iterator<readonly Cell[], unknown>, count: number): Iterable<readonly Cell[]> {
  for (let n = 0; n < count; n += 1) {
    const row = cells.next();
    if (row.done === true) return;
    yield row.value;
  }
}
