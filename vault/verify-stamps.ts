import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digest, type Digest } from '../evidence-model/digest.ts';
import { checkpointFile } from './checkpoint.ts';
import type { FoundFile } from './disk.ts';
import { StampBook, type Anchors } from './stamp-book.ts';
import { packetStampNamed, stampNamed, type StampFile } from './stamp-files.ts';
import { readPem, type Certificate } from './time-stamp/certificate.ts';
import { textOf, type Report } from './verify-report.ts';

const folder = 'ledger/checkpoints/';

/** Whether a file is a time stamp by its name and place. */
export function isStamp(path: string): boolean {
  return (
    packetStampNamed(path) !== null ||
    (path.startsWith(folder) && stampNamed(path.slice(folder.length)) !== null)
  );
}

/** Anchors as the reader had them from elsewhere; of authorities that he was not told of, those that the ledger names. */
export function anchorsFrom(
  get: (object: Digest) => Promise<Uint8Array>,
  trusted: ReadonlyMap<string, readonly Certificate[]>,
): Anchors {
  return async (authority, roots) => {
    const named = readPem(Buffer.from(await get(roots)).toString('latin1'));
    const mine = trusted.get(authority);
    return mine ? { certificates: mine, vouched: true } : { certificates: named, vouched: false };
  };
}

/** The stamps of a vault's checkpoints, to be followed with its lines. */
export async function stampBookOf(
  dir: string,
  files: readonly FoundFile[],
  anchors: Anchors,
  report: Report,
): Promise<StampBook> {
  const found: StampFile[] = [];
  for (const { path, plain } of files) {
    const named = plain && path.startsWith(folder) ? stampNamed(path.slice(folder.length)) : null;
    if (!named) continue;
    try {
      const note = await readFile(join(dir, folder, checkpointFile(named.size)));
      found.push({ ...named, answer: await readFile(join(dir, path)), imprint: digest(note) });
    } catch (error) {
      report('stamp', path, `what it stamps: ${textOf(error)}`);
    }
  }
  return new StampBook(found, anchors);
}

/** Holds the stamps of packets against the authorities that the ledger named at any time. */
export async function checkPacketStamps(
  dir: string,
  files: readonly FoundFile[],
  book: StampBook,
  report: Report,
): Promise<void> {
  for (const { path, plain } of files) {
    const named = plain ? packetStampNamed(path) : null;
    if (!named) continue;
    const judged = book.judge(named.authority, await readFile(join(dir, path)), named.tagmanifest);
    if ('refused' in judged) report('stamp', path, `the time stamp ${judged.refused}`);
  }
}
