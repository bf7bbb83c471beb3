import { mkdir, open, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '../evidence-model/digest.ts';
import type { SnapshotLine } from '../evidence-model/snapshot.ts';
import { onDisk } from './disk.ts';
import type { Objects } from './objects.ts';
import type { Journal } from './vault.ts';

export interface JournalOf {
  readonly slot: string;
  readonly source: string;
  readonly attempt: number;
  readonly dataset: string;
}

export function journalPath(vault: string, { slot, source, attempt, dataset }: JournalOf): string {
  return join(vault, 'journal', slot, source, String(attempt), `${dataset.replaceAll('/', '.')}.ndjson`);
}

/**
 * Opens a snapshot that is being written. Batches are written one after another, whole; a disk that fails leaves the
 * journal as it was before the batch.
 */
export async function openJournal(vault: string, of: JournalOf, objects: Objects): Promise<Journal> {
  const path = journalPath(vault, of);
  const file = await onDisk(`the journal of ${of.dataset} cannot be written`, async () => {
    await mkdir(dirname(path), { recursive: true });
    return open(path, 'wx');
  });
  let turn: Promise<void> = Promise.resolve();
  return {
    write(lines) {
      const text = lines.map((line: SnapshotLine) => `${JSON.stringify(line)}\n`).join('');
      turn = turn.then(() =>
        onDisk(`the journal of ${of.dataset} cannot be written`, async () => {
          await file.appendFile(text);
          await file.datasync();
        }),
      );
      return turn;
    },
    async finish(): Promise<Digest> {
      await turn;
      await file.close();
      const snapshot = await objects.putFile(path);
      await rm(path);
      for (let dir = dirname(path); dir !== join(vault, 'journal'); dir = dirname(dir)) {
        const emptied = await rmdir(dir).then(
          () => true,
          () => false, // another dataset is still being written there
        );
        if (!emptied) break;
      }
      return snapshot;
    },
  };
}
