import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { LeaverList } from '../../controls/declarations.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';

/** Where the list of those who left is, and where it comes from: what nobody signed for is no list. */
export const LeaverFile = LeaverList.omit({ people: true }).extend({ file: z.string().min(1) });

const columns = ['account', 'left_on'];
const Row = z.strictObject({
  account: LeaverList.shape.people.element.shape.account,
  left_on: LeaverList.shape.people.element.shape.leftOn,
});

/** Reads a CSV with the columns `account` and `left_on`. Throws `OperatorError` naming the line where it is another. */
export function readLeavers(
  { exportedBy, exportedOn, system, filter }: Omit<LeaverList, 'people'>,
  path: string,
): LeaverList {
  const rows = rowsOf(path);
  const [header, ...rest] = rows;
  if (JSON.stringify(header) !== JSON.stringify(columns))
    throw new OperatorError(`${path} must begin with the line ${columns.join(',')}`);
  const people = rest.map(([account, leftOn], n) => {
    const row = Row.safeParse({ account, left_on: leftOn });
    if (!row.success)
      throw new OperatorError(
        `${path}, row ${n + 2}: ${row.error.issues[0]?.path.join('.')} has not its form`,
      );
    return { account: row.data.account, leftOn: row.data.left_on };
  });
  return { exportedBy, exportedOn, system, filter, people };
}

function rowsOf(path: string): string[][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new OperatorError(`the list of leavers ${path} cannot be read: mend leavers in the configuration`);
  }
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new OperatorError(`${path} is no table of comma-separated values: ${error.code}`);
  }
}
