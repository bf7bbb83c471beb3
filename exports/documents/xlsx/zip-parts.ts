import { Deflate } from 'fflate';
import { crc32 } from 'node:zlib';

/** A file in the zip that a workbook is. */
export interface Part {
  readonly name: string;
  readonly text: Iterable<string>;
}

/** A part that is no longer stays as it is: a workbook has many small ones, and the packet's zip deflates them. */
const chunk = 2 ** 16;

/** What a zip says of a file, before it and in the list at the end. */
interface Facts {
  readonly name: string;
  readonly deflated: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/**
 * Parts as the bytes of a zip, while they are made, by https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
 * Deflated by code that is the same everywhere: what digests cover must not depend on the zlib that a Node was built with.
 */
export function* zipParts(parts: Iterable<Part>): Iterable<Uint8Array> {
  const list: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    const start = at;
    const written = partBytes(part);
    let step = written.next();
    for (; step.done !== true; step = written.next()) {
      at += step.value.length;
      yield step.value;
    }
    list.push(listed(step.value, start));
  }
  yield* list;
  const length = list.reduce((sum, each) => sum + each.length, 0);
  const counts = [...short(list.length), ...short(list.length)];
  yield Uint8Array.of(
    ...[...long(0x06054b50), ...short(0), ...short(0), ...counts],
    ...[...long(length), ...long(at), ...short(0)],
  );
}

function* partBytes({ name, text }: Part): Generator<Uint8Array, Facts> {
  const chunks = encoded(text);
  const first = chunks.next();
  const second = chunks.next();
  const bytes = first.done === true ? new Uint8Array(0) : first.value;
  if (second.done !== true) return yield* deflated(name, [bytes, second.value], chunks);
  const facts = { name, deflated: false, crc: crc32(bytes), packed: bytes.length, size: bytes.length };
  yield before(facts);
  yield bytes;
  return facts;
}

/** How long it is and its checksum stand behind it. */
function* deflated(name: string, ...chunks: readonly Iterable<Uint8Array>[]): Generator<Uint8Array, Facts> {
  yield before({ name, deflated: true, crc: 0, packed: 0, size: 0 });
  const ready: Uint8Array[] = [];
  let [crc, packed, size] = [0, 0, 0];
  const deflate = new Deflate({ level: 3, mem: 4 }, (bytes) => {
    packed += bytes.length;
    ready.push(bytes);
  });
  for (const some of chunks)
    for (const bytes of some) {
      crc = crc32(bytes, crc);
      size += bytes.length;
      deflate.push(bytes);
      yield* ready.splice(0);
    }
  deflate.push(new Uint8Array(0), true);
  yield* ready;
  yield Uint8Array.of(...long(0x08074b50), ...long(crc), ...long(packed), ...long(size));
  return { name, deflated: true, crc, packed, size };
}

function before(facts: Facts): Uint8Array {
  return Buffer.concat([Uint8Array.of(...long(0x04034b50), ...common(facts)), Buffer.from(facts.name)]);
}

function listed(facts: Facts, at: number): Uint8Array {
  const place = [...short(0), ...short(0), ...short(0), ...long(0), ...long(at)];
  return Buffer.concat([
    Uint8Array.of(...long(0x02014b50), ...short(20), ...common(facts), ...place),
    Buffer.from(facts.name),
  ]);
}

/** Its date is the first that a zip can hold, as in packets. */
function common({ name, deflated, crc, packed, size }: Facts): number[] {
  const [flags, method, time, date] = [deflated ? 8 : 0, deflated ? 8 : 0, 0, 0x21];
  return [
    ...[20, flags, method, time, date].flatMap(short),
    ...[crc, packed, size].flatMap(long),
    ...[name.length, 0].flatMap(short),
  ];
}

/** Numbers of two and of four bytes, the lowest first. */
function short(value: number): number[] {
  return [value & 255, value >>> 8];
}

function long(value: number): number[] {
  if (value > 0xffff_ffff) throw new Error('a workbook is larger than a zip can say');
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

function* encoded(texts: Iterable<string>): Generator<Uint8Array, undefined> {
  let held = '';
  for (const text of texts) {
    held += text;
    if (held.length < chunk) continue;
    yield Buffer.from(held);
    held = '';
  }
  if (held !== '') yield Buffer.from(held);
}
