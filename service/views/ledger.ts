import type { LedgerLine } from '../../vault/ledger-lines.ts';
import type { View } from './view.ts';

/** The ledger as it stands, line by line. */
export const ledger: View = async ({ archive }) => {
  const lines: LedgerLine[] = [];
  for await (const line of archive.ledger()) lines.push(line);
  return { value: { lines }, text: lines.map((line) => `${JSON.stringify(line)}\n`).join('') };
};
