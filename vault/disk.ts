import { link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../evidence-model/operator-error.ts';

const advice: Readonly<Record<string, string>> = {
  ENOSPC: 'the volume is full: make room and start again',
  EDQUOT: 'the quota of the volume is used up: make room and start again',
  EFBIG: 'the file may not grow as large as it must: raise the limit',
  EACCES: 'permission denied: let the user that runs Exhibit read and write there',
  EPERM: 'permission denied: let the user that runs Exhibit read and write there',
  EROFS: 'the volume is read-only: mount it writable',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists already',
  EMFILE: 'too many files are open: raise the limit',
};

/** What of a failure of the disk the operator can mend, as one sentence; `null` where it is something else. */
export function operatorErrorOf(error: unknown, what: string): OperatorError | null {
  if (error instanceof OperatorError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const mend = advice[code];
  return mend === undefined ? null : new OperatorError(`${what}: ${mend}`);
}

/** Runs work on the disk; a failure that the operator can mend becomes one sentence. */
export async function onDisk<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw operatorErrorOf(error, what) ?? error;
  }
}

/** Puts a folder's entries on the disk, so that a file that was linked or renamed into it stays after a power cut. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file that is never changed afterwards: whole or not at all, and on the disk when this returns. Says whether
 * it was new; an existing one is left as it is.
 */
export async function writeOnce(path: string, bytes: Uint8Array, temporary: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(temporary, 'wx', 0o444);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return await adopt(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Gives a finished file its name, unless that is taken, and says whether it did. The name it had is gone afterwards. */
export async function adopt(temporary: string, path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await link(temporary, path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Tries what the vault relies on, where it will rely on it. Rejects with `OperatorError` where the volume does not keep its word. */
export async function probeVolume(dir: string): Promise<void> {
  const a = join(dir, 'tmp', 'probe-a');
  const b = join(dir, 'tmp', 'probe-b');
  const lacking = (promise: string) =>
    new OperatorError(
      `the volume of ${dir} does not ${promise}: put the vault on a local file system such as ext4 or XFS`,
    );
  await onDisk(`the vault in ${dir} cannot be written`, async () => {
    await mkdir(join(dir, 'tmp'), { recursive: true });
    await Promise.all([rm(a, { force: true }), rm(b, { force: true })]);
    const file = await open(a, 'wx');
    try {
      await file.writeFile('probe');
      await file.sync();
      await file.datasync();
    } finally {
      await file.close();
    }
  });
  try {
    await link(a, b).catch(() => {
      throw lacking('link files');
    });
    const again = await link(a, b).then(
      () => true,
      () => false,
    );
    if (again) throw lacking('refuse a name that is taken');
    const { size } = await stat(b);
    if (size !== 5) throw lacking('keep what was written');
    await unlink(b);
    await rename(a, b).catch(() => {
      throw lacking('rename files');
    });
    await syncFolder(join(dir, 'tmp')).catch(() => {
      throw lacking('put folders on the disk');
    });
  } finally {
    await Promise.all([rm(a, { force: true }), rm(b, { force: true })]);
  }
}

/** Every file below a folder, as paths from it with slashes, in order. */
export async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
