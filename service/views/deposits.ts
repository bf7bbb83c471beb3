import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** What was given to others to keep, and what they did not take, newest last. */
export const deposits: View = async ({ archive }) => {
  const rows = [];
  for await (const line of archive.ledger()) {
    if (line.type !== 'deposit') continue;
    const { t: at, kind, size, note, status, reason, lockedUntil } = line;
    rows.push({
      deposit: await archive.nameOf(line.deposit),
      at,
      kind,
      size,
      note,
      status,
      reason,
      lockedUntil,
    });
  }
  return {
    value: { deposits: rows },
    text:
      table(
        ['deposit', 'at', 'kind', 'lines', 'status', 'because', 'locked until'],
        rows.map(({ deposit, at, kind, size, status, reason, lockedUntil }) => [
          ...[deposit, at, kind, size, status, reason ?? '', lockedUntil ?? ''],
        ]),
      ) || 'nothing was given to anybody to keep: name somebody under deposits\n',
  };
};
