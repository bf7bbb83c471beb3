import { z } from 'zod';
import { Approval, ApprovalList } from '../../controls/declared/approval-list.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { readTable } from './csv-table.ts';

/** Where the list of what was approved is, and where it comes from. */
export const ApprovalFile = ApprovalList.omit({ approvals: true }).extend({ file: z.string().min(1) });

export const approvalColumns = ['source', 'subject', 'reference', 'approved_by', 'approved_on', 'what'];
const { source, subject, reference, approvedBy, approvedOn, what } = Approval.shape;
const Row = z.strictObject({
  source,
  subject,
  reference,
  approved_by: approvedBy,
  approved_on: approvedOn,
  what,
});

/** Reads a CSV with these columns, of sources that there are. Throws `OperatorError` naming the row where it is another. */
export function readApprovals(
  { exportedBy, exportedOn, system, filter }: Omit<ApprovalList, 'approvals'>,
  path: string,
  sources: ReadonlySet<string>,
): ApprovalList {
  const rows = readTable(path, approvalColumns, Row, { what: 'the list of approvals', setting: 'approvals' });
  const approvals = rows.map(({ approved_by: by, approved_on: on, ...row }, n) => {
    if (!sources.has(row.source))
      throw new OperatorError(`${path}, row ${n + 2}: there is no source of this name`);
    if (on > exportedOn)
      throw new OperatorError(`${path}, row ${n + 2}: it was approved after the list was exported`);
    return { ...row, approvedBy: by, approvedOn: on };
  });
  return { exportedBy, exportedOn, system, filter, approvals };
}
