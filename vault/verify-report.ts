import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';

/** What does not hold: by a code for programs, a place, and a sentence for people. */
export interface VaultProblem {
  readonly code:
    | 'ledger'
    | 'checkpoint'
    | 'unsigned'
    | 'key'
    | 'object'
    | 'run'
    | 'alias'
    | 'plan'
    | 'file'
    | 'slot'
    | 'seq'
    | 'stamp';
  readonly where: string;
  readonly text: string;
}

export type Report = (code: VaultProblem['code'], where: string, text: string) => void;

/** What an error of reading says of what was read. */
export function textOf(error: unknown): string {
  if (error instanceof IntegrityError || error instanceof OperatorError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return code === 'ENOENT' ? 'it is missing' : `it cannot be read (${code})`;
}
