import type { Cell } from '../table.ts';
import { cellXml, textCell } from './cell.ts';
import { style } from './styles.ts';

export interface SheetColumn {
  readonly title: string;
  readonly type: string;
  /** In characters. */
  readonly width: number;
  readonly wrapped?: boolean;
}

/** One sheet: a header that stays in sight, with filters, and rows that are asked for once. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: Iterable<readonly Cell[]>;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export function* sheetXml({ columns, rows }: Sheet, isFirst: boolean): Iterable<string> {
  const names = columns.map((_, n) => columnName(n));
  const widths = columns.map(
    ({ width }, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="${main}"><sheetViews><sheetView ${isFirst ? 'tabSelected="1" ' : ''}workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="14"/><cols>${widths.join('')}</cols><sheetData>`;
  const header = columns.map(({ title }, n) => textCell(`${names[n] ?? ''}1`, title, style.header));
  yield `<row r="1" ht="20" customHeight="1">${header.join('')}</row>`;
  let row = 1;
  for (const cells of rows) {
    row += 1;
    const text = cells.map((cell, n) =>
      cellXml(`${names[n] ?? ''}${row}`, cell, columns[n]?.type ?? 'text', columns[n]?.wrapped),
    );
    yield `<row r="${row}">${text.join('')}</row>`;
  }
  yield `</sheetData><autoFilter ref="A1:${names.at(-1) ?? 'A'}${row}"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup orientation="landscape" fitToHeight="0"/></worksheet>`;
}

/** A to Z, then AA. */
function columnName(n: number): string {
  return n < 26 ? String.fromCharCode(65 + n) : columnName(Math.floor(n / 26) - 1) + columnName(n % 26);
}
