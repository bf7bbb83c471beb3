import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { OperatorError } from '../../evidence-model/operator-error.ts';

/**
 * Reads a CSV that begins with the names of these columns, each row as the schema understands it. Throws `OperatorError`
 * naming the row where it is another, never with what stands there.
 */
export function readTable<Row extends z.ZodType>(
  path: string,
  columns: readonly string[],
  schema: Row,
  { what, setting }: { readonly what: string; readonly setting: string },
): z.output<Row>[] {
  const [header, ...rest] = rowsOf(
    path,
    `${what} ${path} cannot be read: mend ${setting} in the configuration`,
  );
  if (JSON.stringify(header) !== JSON.stringify(columns))
    throw new OperatorError(`${path} must begin with the line ${columns.join(',')}`);
  return rest.map((cells, n) => {
    const row = schema.safeParse(Object.fromEntries(columns.map((column, at) => [column, cells[at]])));
    if (!row.success)
      throw new OperatorError(
        `${path}, row ${n + 2}: ${row.error.issues[0]?.path.join('.')} has not its form`,
      );
    return row.data;
  });
}

function rowsOf(path: string, unreadable: string): string[][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new OperatorError(unreadable);
  }
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new OperatorError(`${path} is no table of comma-separated values: ${error.code}`);
  }
}
