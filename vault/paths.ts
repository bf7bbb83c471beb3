import { join } from 'node:path';
import { z } from 'zod';
import { SlotId, type LedgerLine } from './ledger-lines.ts';

/** The id of a source, as it stands in paths of vaults and packets. */
export const SourceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** One attempt to read one source in one slot. */
export interface Attempt {
  readonly slot: string;
  readonly source: string;
  readonly attempt: number;
}

const AttemptNumber = z.number().int().positive();

/** `<slot>/<source>/<attempt>`. Whatever could lead elsewhere is refused. */
export function attemptPath({ slot, source, attempt }: Attempt): string {
  return [SlotId.parse(slot), SourceId.parse(source), String(AttemptNumber.parse(attempt))].join('/');
}

/** `runs/<slot>/<source>/<attempt>`, without its ending. */
export function runPath(slot: string, source: string, attempt: number): string {
  return `runs/${attemptPath({ slot, source, attempt })}`;
}

export const checkpointsDir = (vault: string) => join(vault, 'ledger', 'checkpoints');

export type RunLine = Extract<LedgerLine, { type: 'run' }>;
export type AliasLine = Extract<LedgerLine, { type: 'alias' }>;
