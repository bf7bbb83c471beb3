import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '../evidence-model/digest.ts';
import { leftoverJournals } from '../vault/files.ts';
import { evidencePath } from '../vault/vault.ts';
import type { Book, Slot } from './book.ts';
import { artifactsOf, manifestOf, statusOf, type Snapshotted } from './manifest.ts';
import type { Night } from './night.ts';
import { closeInterrupted, planDigest, runAgain, type ClosedSlot } from './run-slot.ts';
import { salvage, type Salvaged } from './salvage.ts';
import type { Timetable } from './setup.ts';

const minuteMs = 60_000;

/**
 * Takes up what a process left when it died in the middle of a slot. What it had read is sealed as an attempt of its
 * own. Then a scheduled slot whose grace is not over, and whose plan still stands, is read again; any other is closed
 * as interrupted. Does nothing where no slot is open.
 */
export async function recover(
  night: Night,
  vault: string,
  { graceMinutes }: Timetable,
): Promise<ClosedSlot | null> {
  const { book, outside } = night;
  if (!book.underWay) return null;
  await sealJournals(book, vault, book.underWay, outside.now());

  const slot = book.underWay;
  const late = outside.now().getTime() - Date.parse(slot.open.due) > graceMinutes * minuteMs;
  const again = slot.open.kind === 'scheduled' && !late && slot.open.plan === planDigest(night);
  return again ? runAgain(night, slot) : closeInterrupted(night, slot);
}

/** Attempts that were still being written: each journal becomes a snapshot, each attempt a run. */
async function sealJournals(book: Book, vault: string, { slot }: Slot, now: Date): Promise<void> {
  const attempts = new Map<string, string[]>();
  for (const path of await leftoverJournals(vault)) {
    if (!path.startsWith(`journal/${slot}/`)) continue;
    attempts.set(dirname(path), [...(attempts.get(dirname(path)) ?? []), path]);
  }
  for (const [folder, journals] of attempts) {
    const salvaged: Salvaged[] = [];
    for (const path of journals.toSorted()) {
      const found = salvage(await readFile(join(vault, path)), now);
      if (found) salvaged.push(found);
    }
    await sealSalvaged(book, salvaged, now);
    // Sealing an attempt takes its journals away; one of which nothing could be kept is taken away here.
    await rm(join(vault, folder), { recursive: true, force: true });
  }
  await rm(join(vault, 'journal', slot), { recursive: true, force: true });
}

async function sealSalvaged(book: Book, salvaged: readonly Salvaged[], now: Date): Promise<void> {
  const [first] = salvaged;
  if (!first) return;
  const { slot, source, collector, attempt, scope, code, startedAt } = first.header;
  const paths = new Map<Digest, string>();
  const read: Snapshotted[] = [];
  for (const { header, end, lines } of salvaged) {
    const artifacts = new Set(artifactsOf(lines));
    for (const artifact of artifacts)
      if (!paths.has(artifact)) paths.set(artifact, evidencePath(artifact, await book.vault.get(artifact)));
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const snapshot = await book.vault.put(new TextEncoder().encode(text));
    read.push({ dataset: header.dataset, snapshot, end, artifacts });
  }
  const alias = await book.vault.aliasOf('source', source);
  const starts = salvaged.map(({ header }) => header.startedAt).toSorted();
  const times = { startedAt: starts[0] ?? startedAt, endedAt: now.toISOString() };
  // Which version of the program it was that died is not known for certain.
  const made = { scope, program: { version: 'unknown', code } };
  await book.seal(
    manifestOf({ slot, source, alias, collector, attempt, ...times, ...made }, read, paths),
    // It was broken off, so it is not the whole of what was due, however well what it read went.
    statusOf(read) === 'failed' ? 'failed' : 'partial',
  );
}
