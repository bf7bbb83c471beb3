import { join } from 'node:path';
import { z } from 'zod';
import { SlotId, type LedgerLine } from './ledger-lines.ts';

/** The id of a source, as it stands in paths of vaults and packets. */
export const SourceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** `runs/<slot>/<source>/<attempt>`, without its ending. Whatever could lead elsewhere is refused. */
export function runPath(slot: string, source: string, attempt: number): string {
  const parts = [
    SlotId.parse(slot),
    SourceId.parse(source),
    String(z.number().int().positive().parse(attempt)),
  ];
  return ['runs', ...parts].join('/');
}

export const checkpointsDir = (vault: string) => join(vault, 'ledger', 'checkpoints');

export type RunLine = Extract<LedgerLine, { type: 'run' }>;
export type AliasLine = Extract<LedgerLine, { type: 'alias' }>;
