import { crc32 } from 'node:zlib';
import { inflateWhole } from './inflate.ts';

/** Ten bytes that say nothing but «gzip»: no name, no time, an unknown system, so that equal bodies give equal files. */
export const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** No body that we keep is larger; a file that claims to be is not ours. */
export const largest = 2 ** 31 - 1;

/** The last eight bytes of a gzip file: https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1 */
export function trailerOf(check: number, size: number): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(check, 0);
  trailer.writeUInt32LE(size, 4);
  return trailer;
}

/**
 * The body of a gzip file as we write it; `null` for any other, also for one with bytes hidden before or behind the
 * body. It never unpacks more than the file says that it holds.
 */
export async function unpack(file: Buffer): Promise<Buffer | null> {
  if (file.length < header.length + 8 || !file.subarray(0, header.length).equals(header)) return null;
  const size = file.readUInt32LE(file.length - 4);
  if (size > largest) return null;
  const body = file.subarray(header.length, -8);
  const bytes = await inflateWhole(body, Math.max(1, size));
  if (bytes === null) return null;
  return trailerOf(crc32(bytes), bytes.length).equals(file.subarray(-8)) ? bytes : null;
}
