import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { checkpointSize } from './checkpoint.ts';
import { makeFolder, onDisk, writeOnce } from './disk.ts';
import { archiveOf, expectVault } from './folder.ts';
import { Ledger, ledgerPath, lineBytes } from './ledger.ts';
import { takeLock } from './lock.ts';
import { Objects } from './objects.ts';
import { checkpointsDir } from './paths.ts';
import { lastCheckpoint, Replay } from './recovery.ts';
import type { Archive, Vault } from './vault.ts';
import { expectWritable, probeVolume } from './volume.ts';
import { hex, writerOf, type WriterOptions } from './writer.ts';

export { leftoverJournals } from './recovery.ts';
export type VaultOptions = WriterOptions;

/** Reads a vault without taking its lock; a writer may go on meanwhile. */
export async function openArchive(dir: string): Promise<Archive> {
  await expectVault(dir);
  return archiveOf(dir, new Objects(dir));
}

/** Makes a new vault and opens it. A folder that holds one already, or anything else, is left alone. */
export async function createVault(
  options: VaultOptions & {
    /** The public half of a key that is kept offline, to replace one that was lost. */
    readonly recovery: string | null;
  },
): Promise<Vault> {
  const { dir, keys, now, recovery } = options;
  await expectWritable(dir, hex(options.randomBytes(8)));
  const foreign = (await readdir(dir)).filter((name) => !beginnings.test(name));
  if (foreign.length > 0 && !foreign.includes('ledger'))
    throw new OperatorError(`${dir} holds other files: name an empty folder for the vault`);
  return open(options, async () => {
    const genesis = lineBytes(
      { type: 'genesis', origin: keys.origin, vkey: keys.vkey, recovery },
      0,
      now(),
      '',
    );
    const line = Buffer.concat([genesis, Buffer.from('\n')]);
    // It appears with its first line in it: there is never a vault that does not say whose it is.
    const made = await onDisk(`the vault in ${dir} cannot be made`, () =>
      writeOnce(ledgerPath(dir), line, join(dir, 'tmp', 'genesis'), 0o600),
    );
    if (!made) throw new OperatorError(`there is a vault in ${dir} already: name another folder`);
  });
}

/** What a try that ended before there was a vault may have left, and what a file system keeps for itself. */
const beginnings = /^(tmp|objects|lock\.sqlite.*|lost\+found)$/;

/** Opens a vault for writing. Rejects with `OperatorError` where another holds it, or the volume does not keep its word. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  await expectVault(options.dir);
  await expectWritable(options.dir, hex(options.randomBytes(8)));
  return open(options, null);
}

async function open(options: VaultOptions, begin: (() => Promise<void>) | null): Promise<Vault> {
  const { dir, keys } = options;
  const lock = takeLock(dir);
  try {
    // Before anything is tried there: whoever died while it was may have left files of the same names.
    await onDisk(`the vault in ${dir} cannot be written`, async () => {
      await rm(join(dir, 'tmp'), { recursive: true, force: true });
      await makeFolder(join(dir, 'tmp'));
    });
    await probeVolume(dir);
    await onDisk(`the vault in ${dir} cannot be written`, async () => {
      for (const folder of ['objects', 'ledger/checkpoints']) await makeFolder(join(dir, folder));
    });
    await begin?.();
    const last = await lastCheckpoint(dir);
    const replay = new Replay(last);
    const ledger = await Ledger.open(dir, (line, reading) => replay.take(line, reading));
    try {
      replay.expectOwn(dir, keys.vkey);
      const vault = writerOf(options, ledger, lock, replay.sealed);
      if (!begin) await replay.recover(dir, vault);
      await vault.checkpoint();
      return vault;
    } catch (error) {
      await ledger.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The checkpoints of a vault, oldest first. */
export async function checkpointsOf(
  dir: string,
): Promise<{ readonly name: string; readonly size: number; readonly note: Uint8Array }[]> {
  const found = (await readdir(checkpointsDir(dir))).flatMap((name) => {
    const size = checkpointSize(name);
    return size === null ? [] : [{ name, size }];
  });
  return Promise.all(
    found
      .sort((a, b) => a.size - b.size)
      .map(async (each) => ({ ...each, note: await readFile(join(checkpointsDir(dir), each.name)) })),
  );
}
