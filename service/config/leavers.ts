import { z } from 'zod';
import { LeaverList } from '../../controls/declarations.ts';
import { readTable } from './csv-table.ts';

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
  const rows = readTable(path, columns, Row, { what: 'the list of leavers', setting: 'leavers' });
  const people = rows.map(({ account, left_on: leftOn }) => ({ account, leftOn }));
  return { exportedBy, exportedOn, system, filter, people };
}
