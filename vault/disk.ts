import { link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
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
  EEXIST: 'a file of that name is there already, and none is ever overwritten: move it away',
  EMFILE: 'too many files are open: raise the limit',
  EIO: 'the disk reports an error: check it, then run exhibit verify',
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

/** Makes a folder with those above it, and puts the entry of each new one on the disk. */
export async function makeFolder(dir: string): Promise<void> {
  const made = await mkdir(dir, { recursive: true });
  if (made === undefined) return;
  const top = resolve(made);
  for (let each = resolve(dir); each !== dirname(each); each = dirname(each)) {
    await syncFolder(dirname(each));
    if (each === top) return;
  }
}

/**
 * Writes a file that is never changed afterwards: whole or not at all, and on the disk when this returns. Says whether
 * it was new; an existing one is left as it is.
 */
export async function writeOnce(
  path: string,
  bytes: Uint8Array,
  temporary: string,
  mode = 0o444,
): Promise<boolean> {
  try {
    const file = await open(temporary, 'wx', mode);
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
  await makeFolder(dirname(path));
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    // Also where the name was taken: whoever gave it may have died before it was on the disk.
    await syncFolder(dirname(path));
    await rm(temporary, { force: true });
  }
}

export interface FoundFile {
  /** From the folder that was asked for, with slashes. */
  readonly path: string;
  /** Not a link, a socket or a device, whose bytes could be another's. */
  readonly plain: boolean;
}

/** The folder that file systems of the ext family keep at their top for their own repairs. */
const repairs = 'lost+found';

/** Every file below a folder, in order. A folder that is not there has none. */
export async function filesBelow(dir: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(dir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === repairs) continue;
      if (entry.isDirectory()) await walk(path);
      else found.push({ path, plain: entry.isFile() });
    }
  };
  try {
    await walk('');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    if (found.length > 0) throw error;
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
