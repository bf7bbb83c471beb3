import { CsvError, parse } from 'csv-parse/sync';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { GridMaker, largest, type Grid } from './grid.ts';

/** The cells of a CSV, whichever of the usual marks parts them. */
export function readCsv(bytes: Uint8Array): Grid {
  const text = decoded(bytes);
  const maker = new GridMaker();
  for (const [row, cells] of rowsOf(text).entries())
    for (const [column, cell] of cells.entries()) if (cell !== '') maker.take(row, column, cell);
  return maker.grid;
}

function decoded(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below, with what to do.
  }
  throw new OperatorError(
    'the sheet is not read, because it is not UTF-8: save it as CSV UTF-8, or as .xlsx',
  );
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, {
      delimiter: partedBy(text),
      relax_column_count: true,
      skip_empty_lines: false,
      to: largest.rows + 1,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new OperatorError(`the sheet is not read, because it is no table of parted values: ${error.code}`);
  }
}

/** What parts the cells of the first line; countries differ. */
function partedBy(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const marks = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
  return marks.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ',';
}
