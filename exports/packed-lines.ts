import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * Holds bytes compressed, in pieces of about so many bytes that each end with a line, and gives them whenever they are
 * asked for: whoever goes through the lines then needs room for one piece, and not for all.
 */
export function packedLines(bytes: Uint8Array, about: number): () => Iterable<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const feed = bytes.indexOf(10, Math.min(from + about, bytes.length) - 1);
    const to = feed < 0 ? bytes.length : feed + 1;
    pieces.push(deflateRawSync(bytes.subarray(from, to), { level: 1 }));
    from = to;
  }
  return function* () {
    for (const piece of pieces) yield inflateRawSync(piece);
  };
}
