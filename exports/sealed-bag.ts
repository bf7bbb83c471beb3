import { createHash } from 'node:crypto';
import { digest, Digest } from '../evidence-model/digest.ts';
import { entryOf, sorted, type BagEntry } from './bag.ts';
import { digestOf, piecesOf } from './content.ts';
import type { ZipEntry } from './zip.ts';

const lists = { data: 'manifest-sha256.txt', tags: 'tagmanifest-sha256.txt' } as const;

/**
 * A bag with its lists, in order of path: the manifest covers `data/`, the tag manifest everything else. Each file is
 * digested while it is read, once, and the lists come behind them. `seal` gives what stands beside the tag manifest and
 * is in no list.
 */
export async function* sealedBag(
  bag: readonly BagEntry[],
  seal: (tagmanifest: Buffer) => Promise<readonly BagEntry[]>,
): AsyncIterable<ZipEntry> {
  const sums = new Map(bag.flatMap(({ path, sha256 }) => (sha256 === null ? [] : [[path, sha256] as const])));
  const listing = (entries: readonly BagEntry[]) =>
    Buffer.from(
      entries
        .map(({ path }) => {
          const sum = sums.get(path);
          if (sum === undefined) throw new Error(`${path} stands behind the list that names it`);
          return `${sum}  ${path}\n`;
        })
        .join(''),
    );
  const isData = ({ path }: BagEntry) => path.startsWith('data/');
  const manifest: BagEntry = {
    path: lists.data,
    sha256: null,
    read: () => Promise.resolve(listing(bag.filter(isData))),
  };
  const tags = sorted([...bag.filter((entry) => !isData(entry)), manifest]);
  const tagmanifest = () => listing(tags);
  for (const { path, sha256, read } of sorted([...bag, manifest]))
    if (path < lists.tags) yield { path, read: sha256 === null ? summed(path, read, sums) : read };
  const text = tagmanifest();
  yield* sorted([
    ...bag.filter(({ path }) => path > lists.tags),
    entryOf(lists.tags, text),
    ...(await seal(text)),
  ]);
}

/** Notes the digest of what is read of an entry when all of it was. */
function summed(path: string, read: BagEntry['read'], sums: Map<string, Digest>): BagEntry['read'] {
  return async () => {
    const content = await read();
    if (typeof content !== 'function') {
      sums.set(path, digest(content));
      return content;
    }
    return function* () {
      const sum = createHash('sha256');
      for (const piece of piecesOf(content)) {
        sum.update(piece);
        yield piece;
      }
      sums.set(path, Digest.parse(sum.digest('hex')));
    };
  };
}

/** Entries with their digests. Those that are made when they are written are made for it, and again then. */
export async function digested(
  entries: readonly BagEntry[],
): Promise<(BagEntry & { readonly sha256: Digest })[]> {
  const found: (BagEntry & { readonly sha256: Digest })[] = [];
  for (const entry of entries) found.push({ ...entry, sha256: entry.sha256 ?? digestOf(await entry.read()) });
  return found;
}
