import { digest, type Digest } from '../evidence-model/digest.ts';
import { compare } from '../evidence-model/subject.ts';

/** A file of a packet: its bytes, or where they come from when it is written. */
export type BagEntry = {
  readonly path: string;
  readonly sha256: Digest;
  readonly read: () => Promise<Uint8Array>;
};

/** An entry that is held already. */
export function entryOf(path: string, content: string | Uint8Array): BagEntry {
  const bytes = Buffer.from(content);
  return { path, sha256: digest(bytes), read: () => Promise.resolve(bytes) };
}

/** Paths that every system can unpack: https://www.rfc-editor.org/rfc/rfc8493 leaves the choice to us. */
const safePath = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

export const bagit = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** The signature of the tag manifest, which cannot be in it, and what authorities answered about it. */
export const signaturePath = 'tagmanifest-sha256.txt.sig';
export const stampPath = (authority: string) => `tagmanifest-sha256.txt.${authority}.tsr`;

/** The authority that such a path names; `null` where it is another. */
export function stampedBy(path: string): string | null {
  return /^tagmanifest-sha256\.txt\.([a-z0-9][a-z0-9-]{0,19})\.tsr$/.exec(path)?.[1] ?? null;
}

export interface Bag {
  /** Everything but the signature and the stamps, in order of path. */
  readonly entries: readonly BagEntry[];
  readonly tagmanifest: BagEntry;
}

/** Makes a BagIt 1.0 bag: the manifest covers `data/`, the tag manifest everything else. It refuses what it cannot name safely. */
export function bagOf(entries: readonly BagEntry[], info: Readonly<Record<string, string>>): Bag {
  const seen = new Set<string>();
  for (const { path } of entries) {
    if (!safePath.test(path) || path.length >= 120)
      throw new Error(`a packet cannot hold a file called ${path}`);
    if (seen.has(path.toLowerCase())) throw new Error(`two files of a packet are called ${path}`);
    seen.add(path.toLowerCase());
  }
  const data = sorted(entries.filter(({ path }) => path.startsWith('data/')));
  const tags = entries.filter(({ path }) => !path.startsWith('data/'));
  const all = sorted([
    ...tags,
    entryOf('bagit.txt', bagit),
    entryOf('bag-info.txt', bagInfo(info)),
    entryOf('manifest-sha256.txt', listing(data)),
  ]);
  const tagmanifest = entryOf('tagmanifest-sha256.txt', listing(all));
  return { entries: sorted([...data, ...all, tagmanifest]), tagmanifest };
}

/** `bag-info.txt`, a line a fact. */
export function bagInfo(info: Readonly<Record<string, string>>): string {
  const lines = Object.entries(info).map(
    ([name, value]) => `${name}: ${value.replaceAll(/[\r\n]+/g, ' ')}\n`,
  );
  return lines.join('');
}

function listing(entries: readonly BagEntry[]): string {
  return entries.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}

/** In order of path. */
export function sorted(entries: readonly BagEntry[]): BagEntry[] {
  return [...entries].sort((a, b) => compare(a.path, b.path));
}
