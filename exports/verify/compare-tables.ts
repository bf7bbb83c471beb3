import type { Claimed } from './judge-again.ts';
import type { Checks } from './report.ts';
import type { ZipReader } from './zip-reader.ts';

/** The columns of counts, as the tables call what results.json names. */
const counts = {
  total: 'total',
  pass: 'pass',
  fail: 'fail',
  excepted: 'excepted',
  no_data: 'noData',
  manual: 'manual',
  not_applicable: 'notApplicable',
} as const;

/**
 * Holds the tables of results against results.json where another version wrote them, so that they cannot be written
 * again: whatever else they look like, each state and each count must be the one that the ledger's digest covers.
 */
export async function checkTables(zip: ZipReader, { results }: Claimed, checks: Checks): Promise<void> {
  const compare = async (
    path: string,
    columns: readonly string[],
    wanted: readonly (readonly unknown[])[],
  ) => {
    const found = pick(rowsOf((await zip.read(path)).toString()), columns);
    const line = (cells: readonly unknown[]) => JSON.stringify(cells.map((cell) => plain(String(cell))));
    const same = JSON.stringify(found.map(line).sort()) === JSON.stringify(wanted.map(line).sort());
    if (same) checks.pass('tables', `${path} says of all ${wanted.length} what results.json says`);
    else checks.fail('tables', `${path} says something else than results.json`);
  };
  await compare(
    'data/results/results.csv',
    ['control', 'status', ...Object.keys(counts)],
    results.map(({ control, status, population }) => [
      control,
      status,
      ...Object.values(counts).map((name) => population[name]),
    ]),
  );
  await compare(
    'data/results/verdicts.csv',
    ['control', 'source', 'subject', 'status', 'reason'],
    results.flatMap(({ control, verdicts }) =>
      verdicts.map(({ source, subject, status, reason }) => [control, source, subject, status, reason]),
    ),
  );
}

/** Without the apostrophe that keeps a spreadsheet from reading a formula. */
function plain(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, '');
}

/** The cells of these columns in each row; a column that is not there gives what no result says. */
function pick(
  [header = [], ...rows]: readonly (readonly string[])[],
  columns: readonly string[],
): string[][] {
  const places = columns.map((column) => header.indexOf(column));
  return rows.map((row) => places.map((place) => row[place] ?? 'there is no such column'));
}

/** The rows of a table as RFC 4180 has them. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, cell = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n)/g)) {
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
