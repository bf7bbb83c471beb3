import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { digest, Digest } from '../evidence-model/digest.ts';
import { checkpointFile, checkpointSize } from './checkpoint.ts';
import { checkpointsDir } from './paths.ts';
import { AuthorityId } from './time-stamp/authority.ts';

/** The answer of an authority about a checkpoint, as it came. */
export interface StampFile {
  /** Of the checkpoint, in lines. */
  readonly size: number;
  readonly authority: string;
  readonly answer: Buffer;
  /** Of the note that it must be about. */
  readonly imprint: Digest;
}

/** `00000303.note.<authority>.tsr`, beside the note that was stamped. */
export function stampFile(size: number, authority: string): string {
  return `${checkpointFile(size)}.${AuthorityId.parse(authority)}.tsr`;
}

/** What the name of such a file tells; `null` where it is another. */
export function stampNamed(name: string): { readonly size: number; readonly authority: string } | null {
  const [, note = '', authority = ''] = /^(\d+\.note)\.([^.]+)\.tsr$/.exec(name) ?? [];
  const size = checkpointSize(note);
  return size === null || !AuthorityId.safeParse(authority).success ? null : { size, authority };
}

/** Where the answer about the tag manifest of a packet is kept, so that the same packet has the same stamp again. */
export function packetStampPath(tagmanifest: Digest, authority: string): string {
  return `stamps/${tagmanifest}.${AuthorityId.parse(authority)}.tsr`;
}

/** What such a path tells; `null` where it is another. */
export function packetStampNamed(
  path: string,
): { readonly tagmanifest: Digest; readonly authority: string } | null {
  const [, sum, authority = ''] = /^stamps\/([0-9a-f]{64})\.([^./]+)\.tsr$/.exec(path) ?? [];
  const tagmanifest = Digest.safeParse(sum);
  return tagmanifest.success && AuthorityId.safeParse(authority).success
    ? { tagmanifest: tagmanifest.data, authority }
    : null;
}

/** The stamps of a vault's checkpoints, by size and authority. */
export async function stampNames(
  vault: string,
): Promise<{ readonly size: number; readonly authority: string }[]> {
  const found = (await readdir(checkpointsDir(vault))).flatMap((name) => stampNamed(name) ?? []);
  return found.sort((a, b) => a.size - b.size || (a.authority < b.authority ? -1 : 1));
}

export async function stampsIn(vault: string): Promise<StampFile[]> {
  const dir = checkpointsDir(vault);
  return Promise.all(
    (await stampNames(vault)).map(async ({ size, authority }) => ({
      size,
      authority,
      answer: await readFile(join(dir, stampFile(size, authority))),
      imprint: digest(await readFile(join(dir, checkpointFile(size)))),
    })),
  );
}

/** The stamps of one packet that were kept. */
export async function packetStampsIn(
  vault: string,
  tagmanifest: Digest,
): Promise<{ readonly authority: string; readonly answer: Buffer }[]> {
  const names = await readdir(join(vault, 'stamps')).catch((error: unknown): string[] => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const mine = names.sort().flatMap((name) => {
    const found = packetStampNamed(`stamps/${name}`);
    return found?.tagmanifest === tagmanifest ? [found.authority] : [];
  });
  return Promise.all(
    mine.map(async (authority) => ({
      authority,
      answer: await readFile(join(vault, packetStampPath(tagmanifest, authority))),
    })),
  );
}
