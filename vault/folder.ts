import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { readAlias, readManifest } from './archive.ts';
import { ledgerPath, readLedgerFile } from './ledger.ts';
import type { Objects } from './objects.ts';
import { runPath } from './paths.ts';
import type { Archive } from './vault.ts';

/** Rejects with `OperatorError` where there is no vault in the folder. */
export async function expectVault(dir: string): Promise<void> {
  await access(ledgerPath(dir)).catch(() => {
    throw new OperatorError(`there is no vault in ${dir}: run exhibit init, or name another folder`);
  });
}

/** The read side of a vault in a folder. It takes no lock, and a writer may go on meanwhile. */
export function archiveOf(dir: string, objects: Objects): Archive {
  const names = new Map<string, string>();
  const nameOf = async (alias: string): Promise<string> => {
    const known = names.get(alias);
    if (known !== undefined) return known;
    for await (const { line } of readLedgerFile(dir)) {
      if (line.type !== 'alias' || line.alias !== alias) continue;
      const { name } = readAlias(await objects.get(line.digest), line);
      names.set(alias, name);
      return name;
    }
    throw new IntegrityError(`the ledger does not introduce ${alias}`);
  };
  return {
    get: (object) => objects.get(object),
    has: (object) => objects.has(object),
    nameOf,
    async *ledger() {
      for await (const { line } of readLedgerFile(dir)) yield line;
    },
    async run(line) {
      const path = runPath(line.slot, await nameOf(line.source), line.attempt);
      const [manifest, sums] = await Promise.all([
        readPart(dir, `${path}.json`),
        readPart(dir, `${path}.sha256`),
      ]);
      return readManifest(line, path, manifest, sums);
    },
  };
}

/** Reads a file that must be there, or the vault is not whole. */
export async function readPart(dir: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(dir, path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new IntegrityError(`${path} is missing`);
    throw error;
  }
}
