import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { createVault, openArchive, openVault } from '../../vault/files.ts';
import type { Vault } from '../../vault/vault.ts';
import { verifyVault } from '../../vault/verify.ts';
import {
  attemptOf,
  folder,
  ledgerOf,
  newVault,
  nights,
  now,
  openSlot,
  pathsIn,
  plainLine,
  readOnce,
  slotOf,
  snapshotLines,
  writeNight,
} from './support.ts';

const shell = (command: string, path: string) => void execFileSync('sh', ['-c', command, path]);
const superuser = process.getuid?.() === 0;

/** What an operator is told: one sentence, and no stack. */
async function told(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperatorError);
  const { message } = error as OperatorError;
  expect(message).not.toContain('\n');
  return message;
}

/** A volume of one megabyte. */
async function smallVolume(): Promise<string> {
  const dir = await folder();
  shell('mount -t tmpfs -o size=1m tmpfs "$0"', dir);
  onTestFinished(() => shell('umount -l "$0"', dir));
  return dir;
}

/** Uses up the volume to its last byte, and gives it back. */
async function filled(dir: string): Promise<() => Promise<void>> {
  const path = join(dir, 'ballast');
  spawnSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=4096'], { stdio: 'ignore' });
  return Promise.resolve(() => rm(path));
}

describe.runIf(superuser)('a volume that is full', () => {
  async function vaultOnSmallVolume() {
    const { keys, vault: other } = await newVault();
    await other.close();
    const volume = await smallVolume();
    const dir = join(volume, 'vault');
    const options = { dir, keys, now, randomBytes };
    const vault = await createVault({ ...options, recovery: null });
    const open = async (): Promise<Vault> => {
      const again = await openVault(options);
      onTestFinished(() => again.close().catch(() => undefined));
      return again;
    };
    return { volume, dir, vault, open };
  }

  test('ends each kind of writing in one sentence, loses nothing that was acknowledged, and goes on with room', async () => {
    const { volume, dir, vault } = await vaultOnSmallVolume();
    await writeNight(vault, slotOf(0), 0);
    const alias = await openSlot(vault, slotOf(1), 1);
    const manifest = await readOnce(vault, slotOf(1), alias);
    const journal = await vault.journal({ ...attemptOf(slotOf(2)), dataset: 'github/members' });
    await journal.write(snapshotLines(slotOf(2)).slice(0, 1));
    const files = await pathsIn(dir);
    const ledger = await readFile(ledgerOf(dir));
    const makeRoom = await filled(volume);

    expect(await told(vault.put(randomBytes(9000)))).toMatch(/cannot keep a body: the volume is full/);
    expect(await told(vault.seal(manifest, 'ok'))).toMatch(/the volume is full: make room/);
    const many = Array.from({ length: 200 }, () => snapshotLines(slotOf(2))[1]!);
    expect(await told(journal.write(many))).toMatch(/the journal of github\/members .*the volume is full/);
    const lines = async () => {
      for (;;) await vault.append(plainLine);
    };
    expect(await told(lines())).toMatch(/the ledger in .* cannot be written: the volume is full/);
    const acknowledged = (await readFile(ledgerOf(dir))).length;
    expect(acknowledged).toBeGreaterThanOrEqual(ledger.length);
    expect(await told(vault.append(plainLine))).toMatch(/the volume is full/);
    expect((await readFile(ledgerOf(dir))).length).toBe(acknowledged);
    expect(await pathsIn(dir)).toEqual(files);

    await makeRoom();
    await vault.seal(manifest, 'ok');
    await vault.append({ type: 'slot.close', slot: slotOf(1), seq: 1, status: 'ok', runs: 1 });
    await vault.close();
    expect((await verifyVault(dir)).problems).toEqual([]);
    const kept = await readFile(
      join(dir, `journal/${slotOf(2)}/github-larkspur/1/github.members.ndjson`),
      'utf8',
    );
    expect(kept).toBe(`${JSON.stringify(snapshotLines(slotOf(2))[0])}\n`);
  });

  test('keeps a vault from being closed cleanly or opened, and not from being opened once there is room', async () => {
    const { volume, dir, vault, open } = await vaultOnSmallVolume();
    await writeNight(vault, slotOf(0), 0);
    await vault.append(plainLine);
    const makeRoom = await filled(volume);
    expect(await told(vault.close())).toMatch(/the volume is full/);
    expect(await told(open())).toMatch(/cannot be written: the volume is full/);
    await makeRoom();
    await (await open()).close();
    expect((await verifyVault(dir)).problems).toEqual([]);
  });

  test('holds every body that was acknowledged before', async () => {
    const { dir, vault } = await vaultOnSmallVolume();
    const acknowledged: Digest[] = [];
    const fill = async () => {
      for (;;) acknowledged.push(await vault.put(randomBytes(50_000)));
    };
    expect(await told(fill())).toMatch(/the volume is full/);
    expect(acknowledged.length).toBeGreaterThan(5);
    for (const object of acknowledged) expect(digest(await vault.get(object))).toBe(object);
    expect(await pathsIn(join(dir, 'tmp'))).toEqual([]);
    expect((await verifyVault(dir)).problems).toEqual([]);
  });

  test('does not leave half a new vault', async () => {
    const { keys, vault: other } = await newVault();
    await other.close();
    const volume = await smallVolume();
    const makeRoom = await filled(volume);
    const options = { dir: join(volume, 'vault'), keys, now, randomBytes, recovery: null };
    expect(await told(createVault(options))).toMatch(/the volume is full/);
    await makeRoom();
    await (await createVault(options)).close();
    expect((await verifyVault(options.dir)).problems).toEqual([]);
  });

  test('or read-only is told as such, and can still be read', async () => {
    const { volume, dir, vault, open } = await vaultOnSmallVolume();
    await writeNight(vault, slotOf(0), 0);
    await vault.close();
    shell('mount -o remount,ro "$0"', volume);
    expect(await told(open())).toMatch(/the volume is read-only: mount it writable/);
    expect((await verifyVault(dir)).problems).toEqual([]);
  });
});

describe('a file that may not grow', () => {
  test('ends in one sentence, and every line that was acknowledged is there', async () => {
    const { dir, keysDir, reopen } = await nights(1);
    // The shell counts in blocks of 512 or 1024 bytes; either is little.
    const command = `ulimit -f 12; exec "$0" "$1" "$2" "$3"`;
    const script = join(import.meta.dirname, 'append-for-ever.ts');
    const child = spawnSync('sh', ['-c', command, process.execPath, script, dir, keysDir], {
      encoding: 'utf8',
    });
    expect(child.stderr).toContain('OperatorError: the ledger in');
    expect(child.stderr).toContain('the file may not grow as large as it must: raise the limit');
    const acknowledged = Number(child.stdout.trimEnd().split('\n').at(-1));
    expect(acknowledged).toBeGreaterThan(10);
    const lines = (await readFile(ledgerOf(dir), 'utf8')).split('\n');
    expect(lines.length).toBe(acknowledged + 2);
    expect(lines.at(-1)).toBe('');
    await (await reopen()).close();
    expect((await verifyVault(dir)).problems).toEqual([]);
  });
});

describe('a folder', () => {
  test('that holds a vault is not made into another', async () => {
    const { dir, keys } = await nights(1);
    const before = await readFile(ledgerOf(dir));
    const making = createVault({ dir, keys, now, randomBytes, recovery: null });
    expect(await told(making)).toContain(`there is a vault in ${dir} already`);
    expect(await readFile(ledgerOf(dir))).toEqual(before);
    expect((await verifyVault(dir)).problems).toEqual([]);
  });

  test('that holds other files is not made into a vault', async () => {
    const { keys } = await newVault();
    const dir = await folder();
    await writeFile(join(dir, 'letter.txt'), 'Dear all');
    const making = createVault({ dir, keys, now, randomBytes, recovery: null });
    expect(await told(making)).toContain(`${dir} holds other files`);
  });

  test('that a file system made for its repairs does not count', async () => {
    const { keys } = await newVault();
    const dir = await folder();
    await mkdir(join(dir, 'lost+found'), { mode: 0o700 });
    await (await createVault({ dir, keys, now, randomBytes, recovery: null })).close();
    expect((await verifyVault(dir)).problems).toEqual([]);
  });

  test('without a vault is neither read nor opened', async () => {
    const { keys } = await newVault();
    const dir = await folder();
    expect(await told(openArchive(dir))).toContain(`there is no vault in ${dir}`);
    expect(await told(openVault({ dir, keys, now, randomBytes }))).toContain('there is no vault in');
    expect(await pathsIn(dir)).toEqual([]);
  });

  test('whose path goes through a file is told as such', async () => {
    const { keys } = await newVault();
    const dir = join(await folder(), 'file');
    await writeFile(dir, '');
    const making = createVault({ dir: join(dir, 'vault'), keys, now, randomBytes, recovery: null });
    expect(await told(making)).toMatch(/cannot be written: a part of the path is not a folder/);
  });

  test('of another vault than the keys is refused', async () => {
    const [ours, theirs] = [await nights(1), await nights(1)];
    const opening = openVault({ dir: ours.dir, keys: theirs.keys, now, randomBytes });
    expect(await told(opening)).toContain(`the keys are not those of the vault in ${ours.dir}`);
    await (await ours.reopen()).close();
  });

  test.skipIf(superuser)('that may not be written is told as such', async () => {
    const { dir, reopen } = await nights(1);
    await chmod(dir, 0o500);
    onTestFinished(() => chmod(dir, 0o700));
    expect(await told(reopen())).toMatch(/permission denied/);
  });
});
