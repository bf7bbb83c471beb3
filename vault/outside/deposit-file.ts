import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { operatorErrorOf, writeOnce } from '../disk.ts';
import { codeOf, failed, fileNames, folderOf, type Depositary } from './deposit.ts';

/** A folder on another disk, such as one that a backup takes away or that is mounted from elsewhere. */
export function fileDepositary(id: string, folder: string): Depositary {
  const look = async (): Promise<{ readonly ok: boolean; readonly text: string }> => {
    // One that is not there is not made: where a disk was not mounted, that would be the wrong one.
    const found = await stat(folder).catch(() => null);
    return found?.isDirectory() === true
      ? { ok: true, text: folder }
      : { ok: false, text: `${folder} is not there: mount it, or make it` };
  };
  return {
    id,
    kind: 'file',
    hosts: [],
    look,
    async keep(deposit) {
      const { ok, text } = await look();
      if (!ok) return failed('unreachable', text);
      const { note, stamps } = fileNames(deposit);
      const within = join(folder, folderOf(deposit.origin));
      try {
        for (const { name, bytes } of [
          { name: note, bytes: deposit.note },
          ...stamps.map(({ name: stamp, answer }) => ({ name: stamp, bytes: answer })),
        ]) {
          const path = join(within, name);
          const fresh = await writeOnce(path, bytes, join(folder, `.exhibit-${deposit.digest}`));
          // A stamp more or less is no other history; a note that says something else is.
          if (!fresh && name === note && !(await readFile(path)).equals(Buffer.from(bytes)))
            return failed(
              'differs',
              `${path} holds another checkpoint of the same size: there are two histories`,
            );
        }
        return { kept: true, lockedUntil: null };
      } catch (error) {
        const told = operatorErrorOf(error, `${within} cannot be written`);
        return failed('refused', told?.message ?? `${within} cannot be written (${codeOf(error)})`);
      }
    },
  };
}
