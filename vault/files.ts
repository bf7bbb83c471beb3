import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { checkpointFile, checkpointSize, signCheckpoint } from './checkpoint.ts';
import { makeFolder, onDisk, writeOnce } from './disk.ts';
import { archiveOf, expectVault } from './folder.ts';
import type { SigningKey } from './keys.ts';
import type { NewLine } from './ledger-lines.ts';
import { Ledger, ledgerPath, lineBytes } from './ledger.ts';
import { takeLock } from './lock.ts';
import { Objects } from './objects.ts';
import { checkpointsDir } from './paths.ts';
import { lastCheckpoint, Replay, type LastCheckpoint } from './recovery.ts';
import type { Archive, Vault } from './vault.ts';
import { expectWritable, probeVolume } from './volume.ts';
import { hex, writerOf, type WriterOptions } from './writer.ts';

export { leftoverJournals } from './recovery.ts';
export type VaultOptions = WriterOptions;

/** The line that names other keys, and who signs for it beside them: the old key, or the recovery key. */
export interface KeyChange {
  readonly line: Extract<NewLine, { type: 'key' | 'key.revoke' }>;
  readonly by: SigningKey;
}

/** Reads a vault without taking its lock; a writer may go on meanwhile. */
export async function openArchive(dir: string): Promise<Archive> {
  await expectVault(dir);
  return archiveOf(dir, new Objects(dir));
}

/** Makes a new vault and opens it. A folder that holds one already, or anything else, is left alone. */
export async function createVault(
  options: VaultOptions & {
    /** The public half of a key that is kept offline, as a verifier key: it can call back the others. */
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
      { type: 'genesis', origin: keys.origin, vkey: keys.vkey, signer: keys.signer, recovery },
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

/**
 * Opens a vault with other keys than before, and writes down that they sign from here on. It goes on where the same was
 * broken off.
 */
export async function openWithNewKeys(options: VaultOptions, change: KeyChange): Promise<Vault> {
  await expectVault(options.dir);
  await expectWritable(options.dir, hex(options.randomBytes(8)));
  return open(options, null, change);
}

async function open(
  options: VaultOptions,
  begin: (() => Promise<void>) | null,
  change: KeyChange | null = null,
): Promise<Vault> {
  const { dir, keys, now } = options;
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
      const changed = replay.keys.current?.vkey === keys.vkey;
      if (change && !changed) {
        replay.expectOwn(dir, change.line.replaces);
        // It was not found there, so nothing is to be recovered.
        replay.keys.take(await ledger.append(change.line, now()));
      } else replay.expectOwn(dir, keys.vkey, change !== null);
      const handing = change && replay.keys.changes.has(ledger.reading.size);
      const newest = handing ? await handOver(options, ledger, change) : last;
      const vault = writerOf(options, ledger, lock, replay.sealed, newest);
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

/** The checkpoint that ends with the line about new keys, with both signatures. */
async function handOver(
  { dir, keys }: VaultOptions,
  { reading: { size, root, chain } }: Ledger,
  { by }: KeyChange,
): Promise<LastCheckpoint | null> {
  if (chain === '') return null;
  const note = signCheckpoint({ origin: keys.origin, size, root, chain }, keys, [by]);
  await onDisk(`the vault in ${dir} cannot be written`, () =>
    writeOnce(join(checkpointsDir(dir), checkpointFile(size)), Buffer.from(note), join(dir, 'tmp', 'keys')),
  );
  return lastCheckpoint(dir);
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
