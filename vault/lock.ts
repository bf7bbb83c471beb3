import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { operatorErrorOf } from './disk.ts';

/**
 * The right to write, held as an exclusive transaction on a small database: the system frees it when the process ends,
 * however it ends, and it holds across containers on one volume.
 */
export function takeLock(dir: string): { release(): void } {
  const path = join(dir, 'lock.sqlite');
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw (
      operatorErrorOf(error, `the lock ${path} cannot be opened`) ??
      new OperatorError(`the lock ${path} cannot be opened: let the user that runs Exhibit write there`)
    );
  }
  try {
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new OperatorError(
      `another Exhibit is writing to the vault in ${dir}: let it end, or ask it through its HTTP interface`,
    );
  }
  return {
    release() {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}
