import { promisify } from 'node:util';
import { inflateRaw, inflateRawSync } from 'node:zlib';

/** What node:zlib gives with `info`: how much of the input belonged to the stream. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** What is smaller is unpacked at once: to hand it to another thread and wait takes longer than to do it. */
const small = 1 << 16;

const aside = promisify(
  (bytes: Buffer, options: object, done: (error: Error | null, result: Inflated) => void) =>
    inflateRaw(bytes, options, (error, result) => done(error, result as unknown as Inflated)),
);

/** Unpacks a whole stream, `null` where it is none, gives more than `most` bytes, or has bytes hidden behind it. */
export async function inflateWhole(packed: Buffer, most: number): Promise<Buffer | null> {
  const options = { info: true, maxOutputLength: most };
  let found: Inflated;
  try {
    found =
      most <= small ? (inflateRawSync(packed, options) as unknown as Inflated) : await aside(packed, options);
  } catch {
    return null;
  }
  return found.engine.bytesWritten === packed.length ? found.buffer : null;
}
