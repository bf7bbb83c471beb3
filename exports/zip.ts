import { ZipArchive } from 'archiver';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { onDisk, syncFolder } from '../vault/disk.ts';
import type { BagEntry } from './bag.ts';
import { piecesOf, type Content } from './content.ts';
import { largestFile, largestZip } from './verify/zip-reader.ts';

/** The first date that a zip can hold; every entry has it, so that equal contents give equal bytes. */
const epoch = new Date(1980, 0, 1); // local on purpose: a zip holds wall-clock time without a zone

export type ZipEntry = Pick<BagEntry, 'path' | 'read'>;

/** A zip that is written and on the disk, and has not its name yet. */
export interface StagedZip {
  /** Gives it its name. */
  keep(): Promise<void>;
  /** Takes it away, unless it was kept. */
  drop(): Promise<void>;
}

/** Writes a zip whole or not at all. */
export async function writeZip(path: string, entries: Iterable<ZipEntry>): Promise<void> {
  const zip = await stageZip(path, entries);
  try {
    await zip.keep();
  } finally {
    await zip.drop();
  }
}

/**
 * Entries are read one after another, and what is made while it is read is never held, so that memory does not grow with
 * the packet; node:zlib deflates it in another thread meanwhile. The same entries give the same bytes, in any time zone.
 */
export async function stageZip(
  path: string,
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
): Promise<StagedZip> {
  const temporary = `${path}.part`;
  const drop = () => rm(temporary, { force: true });
  const inZip = <T>(work: () => Promise<T>) => onDisk(`the packet ${path} cannot be written`, work);
  try {
    await inZip(() => writeEntries(path, temporary, entries));
  } catch (error) {
    await drop();
    throw error;
  }
  return {
    drop,
    keep: () =>
      inZip(async () => {
        await rename(temporary, path);
        await syncFolder(dirname(path));
      }),
  };
}

async function writeEntries(
  path: string,
  temporary: string,
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
): Promise<void> {
  const output = createWriteStream(temporary, { flags: 'w' });
  const written = finished(output);
  // Whoever fails below says why; that the file was then left is no news.
  written.catch(() => undefined);
  const archive = new ZipArchive({ zlib: { level: 6 } });
  archive.on('error', (error: Error) => output.destroy(error));
  archive.pipe(output);
  try {
    for await (const { path: name, read } of entries) {
      const taken = once(archive, 'entry');
      archive.append(sourceOf(await read(), path), { name, date: epoch, mode: 0o644 });
      await Promise.race([taken, written]);
    }
    await Promise.all([archive.finalize(), written]);
  } catch (error) {
    output.destroy();
    throw error;
  }
  if (output.bytesWritten > largestZip) throw tooLarge(path);
  const file = await open(temporary, 'r');
  await file.sync();
  await file.close();
}

function sourceOf(content: Content, path: string): Buffer | Readable {
  if (typeof content === 'function') return Readable.from(measured(piecesOf(content), path));
  const bytes = Buffer.from(content);
  if (bytes.length > largestFile) throw tooLarge(path);
  return bytes;
}

function* measured(pieces: Iterable<Uint8Array>, path: string): Iterable<Uint8Array> {
  let size = 0;
  for (const piece of pieces) {
    size += piece.length;
    if (size > largestFile) throw tooLarge(path);
    yield piece;
  }
}

function tooLarge(path: string): OperatorError {
  return new OperatorError(`the packet ${path} would be larger than can be checked: ask for fewer sources`);
}
