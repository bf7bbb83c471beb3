import { closeSync, mkdirSync, openSync, rmdirSync } from 'node:fs';
import { constants, open, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Digest } from '../evidence-model/digest.ts';
import { makeFolder, onDisk, syncFolder } from './disk.ts';
import type { Objects } from './objects.ts';
import { attemptPath, type Attempt } from './paths.ts';
import type { Journal } from './vault.ts';

export interface JournalOf extends Attempt {
  readonly dataset: string;
}

const DatasetId = z.string().regex(/^[\w-]+(\/[\w-]+)+$/);

/** The folder of the journals of one attempt. */
function journalFolder(vault: string, attempt: Attempt): string {
  return join(vault, 'journal', attemptPath(attempt));
}

/**
 * Opens a snapshot that is being written. Batches are written one after another, whole; a batch that the disk refuses
 * is cut off again and nothing may follow it, because a snapshot with a hole would say less than it seems to.
 */
export async function openJournal(vault: string, of: JournalOf, objects: Objects): Promise<Journal> {
  const folder = journalFolder(vault, of);
  const path = join(folder, `${DatasetId.parse(of.dataset).replaceAll('/', '.')}.ndjson`);
  const what = `the journal of ${of.dataset} cannot be written`;
  await onDisk(what, async () => {
    await makeFolder(folder);
    // In one step with making the folder, so that an attempt that ends meanwhile cannot take it away between the two.
    mkdirSync(folder, { recursive: true });
    closeSync(openSync(path, 'wx'));
    await syncFolder(folder);
  });

  let length = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const append = async (bytes: Buffer) => {
    // Opened for each batch: a reading that is given up leaves no file open.
    const file = await open(path, constants.O_WRONLY | constants.O_APPEND);
    try {
      for (let from = 0; from < bytes.length;) from += (await file.write(bytes, from)).bytesWritten;
      await file.datasync();
    } finally {
      await file.close();
    }
    length += bytes.length;
  };
  return {
    write(lines) {
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      const mine = turn.then(() =>
        onDisk(what, () => append(bytes)).catch(async (error: unknown) => {
          // Where even that fails, the torn batch stays at the end, and whoever reads the journal stops there.
          await truncate(path, length).catch(() => undefined);
          throw error;
        }),
      );
      turn = mine;
      return mine;
    },
    async finish(): Promise<Digest> {
      await turn;
      turn = Promise.reject(new Error(`the journal of ${of.dataset} is finished`));
      turn.catch(() => undefined); // heard by whoever writes once more
      return objects.putFile(path);
    },
  };
}

/** Takes away the journals of an attempt that is sealed: everything they held stands in the objects. */
export async function dropJournals(vault: string, attempt: Attempt): Promise<void> {
  const folder = journalFolder(vault, attempt);
  await rm(folder, { recursive: true, force: true });
  for (let dir = dirname(folder); dir !== join(vault, 'journal'); dir = dirname(dir)) {
    try {
      rmdirSync(dir);
    } catch {
      return; // another attempt is still being written there, or nothing ever was
    }
  }
}
