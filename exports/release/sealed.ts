import { z } from 'zod';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { compare } from '../../evidence-model/subject.ts';

/**
 * How a packet shows that it was released: the ledger after the state that the draft was cut at, up to the line of the
 * release, with the checkpoint that ends there. Each line names the one before it, so that stock tools can follow.
 */
export const Sealed = z.strictObject({
  lines: z.array(z.string()).min(1),
  /** The last of them, where a shell can find it. */
  released: z.string(),
  note: z.string(),
  /** What was stated, the officer's last. */
  statements: z.array(z.string()).min(1),
});
export type Sealed = z.output<typeof Sealed>;

/** The file that holds it: one of its own, or of a thin packet the one that it has for proofs of the ledger anyway. */
export const sealedIn = { whole: 'data/release.json', thin: 'data/inclusion.json' } as const;

const outside: readonly string[] = [
  sealedIn.whole,
  sealedIn.thin,
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
];

/** One digest over every file that is released: of both lists, in order, but for what tells of the release itself. */
export function contentsOf(files: Iterable<readonly [path: string, sha256: string]>): Digest {
  const lines = [...files].flatMap(([path, sum]) => (outside.includes(path) ? [] : [`${sum}  ${path}\n`]));
  return digest(lines.sort(compare).join(''));
}
