import {
  access,
  constants,
  link,
  open,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { makeFolder, onDisk, syncFolder } from './disk.ts';

/**
 * Rejects with `OperatorError` where the folder cannot be made or written, before anything else is tried in it. The name
 * must be one that nobody else uses: the lock is not held yet.
 */
export async function expectWritable(dir: string, name: string): Promise<void> {
  const path = join(dir, 'tmp', name);
  await onDisk(`the vault in ${dir} cannot be written`, async () => {
    await makeFolder(join(dir, 'tmp'));
    await access(dir, constants.W_OK);
    try {
      await writeFile(path, name, { flag: 'wx', flush: true });
    } finally {
      await rm(path, { force: true });
    }
  });
}

/**
 * Tries what the vault relies on, where it will rely on it, as the holder of its lock. Rejects with `OperatorError`
 * where the volume does not keep its word.
 */
export async function probeVolume(dir: string): Promise<void> {
  const a = join(dir, 'tmp', 'probe-a');
  const b = join(dir, 'tmp', 'probe-b');
  const expect = async (promise: string, holds: () => Promise<boolean>) => {
    const kept = await holds().catch(() => false); // whatever the reason, the promise was not kept
    if (!kept)
      throw new OperatorError(
        `the volume of ${dir} does not ${promise}: put the vault on a local file system such as ext4 or XFS`,
      );
  };
  try {
    await onDisk(`the vault in ${dir} cannot be written`, () =>
      withFile(a, 'wx', async (file) => {
        await file.writeFile('probe');
        await file.sync();
      }),
    );
    await expect('append to files', async () => {
      await withFile(a, 'a', async (file) => {
        await file.write('+');
        await file.datasync();
      });
      return (await stat(a)).size === 6;
    });
    await expect('link files', async () => {
      await link(a, b);
      return (await stat(b)).size === 6;
    });
    await expect('refuse a name that is taken', () =>
      link(a, b).then(
        () => false,
        (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST',
      ),
    );
    await expect('rename files', async () => {
      await unlink(b);
      await rename(a, b);
      return (await stat(b)).size === 6;
    });
    await expect('put folders on the disk', async () => {
      await syncFolder(join(dir, 'tmp'));
      return true;
    });
  } finally {
    await Promise.all([rm(a, { force: true }), rm(b, { force: true })]);
  }
}

async function withFile(
  path: string,
  flags: string,
  work: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
