import { Zip, ZipDeflate } from 'fflate';

/** A file in the zip that a workbook is. */
export interface Part {
  readonly name: string;
  readonly text: Iterable<string>;
}

/** The first date that a zip can hold, as in packets; local on purpose: a zip holds wall-clock time without a zone. */
const mtime = new Date(1980, 0, 1);

const chunk = 2 ** 16;

/**
 * Parts as the bytes of a zip, while they are made. Deflated by code that is the same everywhere: what digests cover must
 * not depend on the zlib that a Node was built with.
 */
export function* zipParts(parts: Iterable<Part>): Iterable<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  for (const { name, text } of parts) {
    // Small tables for what is looked up: most sheets are small, and each would clear 2 MiB for it otherwise.
    const file = new ZipDeflate(name, { level: 6, mem: 4 });
    file.mtime = mtime;
    zip.add(file);
    for (const bytes of encoded(text)) {
      file.push(bytes);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

function* encoded(texts: Iterable<string>): Iterable<Uint8Array> {
  const encoder = new TextEncoder();
  let held = '';
  for (const text of texts) {
    held += text;
    if (held.length < chunk) continue;
    yield encoder.encode(held);
    held = '';
  }
  if (held !== '') yield encoder.encode(held);
}
