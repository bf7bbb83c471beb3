import type { Digest } from '../evidence-model/digest.ts';
import { KeyBook } from '../vault/key-book.ts';
import type { LedgerLine } from '../vault/ledger-lines.ts';
import { StampBook, type Stamps } from '../vault/stamp-book.ts';
import { stampFile, stampsIn, type StampFile } from '../vault/stamp-files.ts';
import { anchorsFrom } from '../vault/verify-stamps.ts';
import type { Archive } from '../vault/vault.ts';
import { checkpointFile } from '../vault/checkpoint.ts';
import { checkpointsOf } from '../vault/files.ts';
import { entryOf, type BagEntry } from './bag.ts';
import type { Cut } from './evidence.ts';

/** The earlier checkpoints that a packet holds, for their stamps or because keys change there, and what stamps say. */
export interface PacketStamps {
  readonly stamps: Stamps;
  readonly entries: readonly BagEntry[];
}

/**
 * The stamps of checkpoints before the one that a packet is cut at. That one itself is not stamped, for the packet is; and
 * what is stamped later does not change a packet.
 */
export async function stampsBefore(
  vault: string,
  archive: Archive,
  { size, lines }: Pick<Cut, 'size' | 'lines'>,
): Promise<PacketStamps> {
  const files = (await stampsIn(vault)).filter((each) => each.size < size);
  const ledger = lines.map(({ line }) => line);
  const wanted = new Set([...files.map((each) => each.size), ...changesIn(ledger)]);
  const notes = (await checkpointsOf(vault)).filter((each) => wanted.has(each.size) && each.size < size);
  const entries = [
    ...notes.map(({ name, note }) => entryOf(`ledger/checkpoints/${name}`, note)),
    ...files.map(({ size: of, authority, answer }) =>
      entryOf(`ledger/checkpoints/${stampFile(of, authority)}`, answer),
    ),
    ...(await rootsOf(archive, ledger)),
  ];
  return { stamps: await stampsOf(archive, ledger, files), entries };
}

/** What stamps say beside a ledger, by the certificates that the ledger itself names: whoever reads it trusts nobody by that. */
export async function stampsOf(
  archive: Archive,
  lines: readonly LedgerLine[],
  files: readonly StampFile[],
): Promise<Stamps> {
  const book = new StampBook(
    files,
    anchorsFrom((object) => archive.get(object), new Map()),
  );
  for (const line of lines) await book.take(line);
  return book.stamps;
}

/** The checkpoints at which keys change, by size. */
export function changesIn(lines: readonly LedgerLine[]): number[] {
  const keys = new KeyBook();
  for (const line of lines) keys.take(line);
  return [...keys.changes.keys()];
}

/** The paths of stamped notes and their stamps, as far as a packet must have them. */
export function stampPaths(files: readonly StampFile[]): string[] {
  return files.flatMap(({ size, authority }) => [
    `ledger/checkpoints/${checkpointFile(size)}`,
    `ledger/checkpoints/${stampFile(size, authority)}`,
  ]);
}

/** Convenience copies of the certificates by which the newest authorities are known. */
async function rootsOf(archive: Archive, lines: readonly LedgerLine[]): Promise<BagEntry[]> {
  return Promise.all(
    [...authoritiesOf(lines)].map(async ([authority, roots]) =>
      entryOf(rootsPath(authority), await archive.get(roots)),
    ),
  );
}

/** The authorities that a ledger names at its end, each with the object that holds its certificates. */
export function authoritiesOf(lines: readonly LedgerLine[]): ReadonlyMap<string, Digest> {
  const found = new Map<string, Digest>();
  for (const line of lines) {
    if (line.type !== 'authority') continue;
    if (line.roots === null) found.delete(line.authority);
    else found.set(line.authority, line.roots);
  }
  return found;
}

export function rootsPath(authority: string): string {
  return `tsa/${authority}.pem`;
}
