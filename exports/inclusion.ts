import { inclusionProof, leafOf } from '../vault/merkle.ts';
import type { Cut } from './evidence.ts';
import type { Earlier } from './insurer/earlier.ts';
import type { Judgement } from './judge.ts';

/**
 * RFC 6962 proofs that the lines of the readings stand in the signed ledger. The lines hold no names. What the last
 * application came to stands beside them, because the twin does not have its evidence.
 */
export function inclusionOf(
  { datasets, earlier, reviewed }: Judgement,
  { lines, size }: Pick<Cut, 'lines' | 'size'>,
  application: Earlier | null,
): string {
  const leaves = lines.map(({ bytes }) => leafOf(bytes));
  const slots = new Set([...datasets, ...earlier, ...reviewed].map(({ slot }) => slot));
  const proven = lines.filter(({ line }) => line.type === 'run' && slots.has(line.slot));
  const proofs = proven.map(({ bytes, line }) => ({
    index: line.n,
    line: Buffer.from(bytes).toString(),
    proof: inclusionProof(leaves, line.n).map((hash) => hash.toString('base64')),
  }));
  return `${JSON.stringify({ size, proofs, ...(application && { earlier: application }) }, null, 1)}\n`;
}
