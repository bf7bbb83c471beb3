import { ZipArchive } from 'archiver';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { onDisk, syncFolder } from '../vault/disk.ts';
import type { BagEntry } from './bag.ts';
import { largestFile, largestZip } from './verify/zip-reader.ts';

/** The first date that a zip can hold; every entry has it, so that equal contents give equal bytes. */
const epoch = new Date(1980, 0, 1); // local on purpose: a zip holds wall-clock time without a zone

/**
 * Writes a zip whole or not at all. Entries are read one after another, so that memory does not grow with the packet.
 * The same entries give the same bytes, in any time zone.
 */
export async function writeZip(path: string, entries: readonly BagEntry[]): Promise<void> {
  const temporary = `${path}.part`;
  await onDisk(`the packet ${path} cannot be written`, async () => {
    try {
      const output = createWriteStream(temporary, { flags: 'w' });
      const archive = new ZipArchive({ zlib: { level: 6 } });
      const written = finished(output);
      archive.on('error', (error: Error) => output.destroy(error));
      archive.pipe(output);
      for (const { path: name, read } of entries) {
        const content = await read();
        if (content.length > largestFile) throw tooLarge(path);
        const bytes = Buffer.from(content);
        const taken = once(archive, 'entry');
        archive.append(bytes, { name, date: epoch, mode: 0o644 });
        await Promise.race([taken, written]);
      }
      await Promise.all([archive.finalize(), written]);
      if (output.bytesWritten > largestZip) throw tooLarge(path);
      const file = await open(temporary, 'r');
      await file.sync();
      await file.close();
      await rename(temporary, path);
      await syncFolder(dirname(path));
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

function tooLarge(path: string): OperatorError {
  return new OperatorError(`the packet ${path} would be larger than can be checked: ask for fewer sources`);
}
