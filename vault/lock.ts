import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../evidence-model/operator-error.ts';

/** What SQLite answers where another holds the lock: https://sqlite.org/rescode.html#busy */
const busy = 5;

/**
 * The right to write, held as an exclusive transaction on a small database: the system frees it when the process ends,
 * however it ends, and it holds across containers on one volume.
 */
export function takeLock(dir: string): { release(): void } {
  const path = join(dir, 'lock.sqlite');
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) % 256 : 0;
    throw new OperatorError(
      code === busy
        ? `another Exhibit is writing to the vault in ${dir}: let it end, or ask it through its HTTP interface`
        : `the lock ${path} cannot be taken: let the user that runs Exhibit write there, or remove the file if no Exhibit runs`,
    );
  }
  const held = database;
  return {
    release() {
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
