import { digest, type Digest } from '../evidence-model/digest.ts';
import { compare } from '../evidence-model/subject.ts';
import type { Content } from './content.ts';

/** A file of a packet: its bytes, or where they come from when it is written. */
export interface BagEntry {
  readonly path: string;
  /** `null` where it is known only once its bytes were made. */
  readonly sha256: Digest | null;
  readonly read: () => Promise<Content>;
}

/** An entry that is held already, or is made when it is written. */
export function entryOf(path: string, content: Content): BagEntry {
  if (typeof content === 'function') return { path, sha256: null, read: () => Promise.resolve(content) };
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

/** The files of a BagIt 1.0 bag without its lists, in order of path. It refuses what it cannot name safely. */
export function bagOf(
  entries: readonly BagEntry[],
  info: Readonly<Record<string, string>>,
): readonly BagEntry[] {
  const seen = new Set<string>();
  for (const { path } of entries) {
    if (!safePath.test(path) || path.length >= 120)
      throw new Error(`a packet cannot hold a file called ${path}`);
    if (seen.has(path.toLowerCase())) throw new Error(`two files of a packet are called ${path}`);
    seen.add(path.toLowerCase());
  }
  return sorted([...entries, entryOf('bagit.txt', bagit), entryOf('bag-info.txt', bagInfo(info))]);
}

/** `bag-info.txt`, a line a fact. */
export function bagInfo(info: Readonly<Record<string, string>>): string {
  const lines = Object.entries(info).map(
    ([name, value]) => `${name}: ${value.replaceAll(/[\r\n]+/g, ' ')}\n`,
  );
  return lines.join('');
}

/** In order of path. */
export function sorted(entries: readonly BagEntry[]): BagEntry[] {
  return [...entries].sort((a, b) => compare(a.path, b.path));
}
