import { createHash } from 'node:crypto';
import { Digest } from '../evidence-model/digest.ts';

/** What stands in a file: held, or made whenever it is asked for, so that what is large need not be held. It is the same each time. */
export type Content = string | Uint8Array | (() => Iterable<string | Uint8Array>);

/** As much as is handed on at once, about. */
const piece = 1 << 18;

/** Its bytes, a piece at a time. */
export function* piecesOf(content: Content): Iterable<Uint8Array> {
  if (typeof content !== 'function') {
    yield typeof content === 'string' ? Buffer.from(content) : content;
    return;
  }
  let held = '';
  for (const part of content()) {
    if (typeof part === 'string') {
      held += part;
      if (held.length < piece) continue;
    }
    if (held !== '') yield Buffer.from(held);
    held = '';
    if (typeof part !== 'string') yield part;
  }
  if (held !== '') yield Buffer.from(held);
}

export function bytesOf(content: Content): Buffer {
  return typeof content === 'function' ? Buffer.concat([...piecesOf(content)]) : Buffer.from(content);
}

/** Whether these bytes are its, without holding it twice. */
export function isSame(bytes: Uint8Array, content: Content): boolean {
  let at = 0;
  for (const each of piecesOf(content)) {
    if (Buffer.compare(bytes.subarray(at, at + each.length), each) !== 0) return false;
    at += each.length;
  }
  return at === bytes.length;
}

export function digestOf(content: Content): Digest {
  const sum = createHash('sha256');
  for (const each of piecesOf(content)) sum.update(each);
  return Digest.parse(sum.digest('hex'));
}

/**
 * The text that `JSON.stringify` gives, in pieces: what lies deeper than so many levels is one, so that nobody has to hold
 * what is longer than any text may be. `feed` stands before each of what is taken apart.
 */
export function* jsonPieces(value: unknown, levels: number, feed = ''): Iterable<string> {
  if (levels === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isList = Array.isArray(value);
  let before = isList ? '[' : '{';
  for (const key of Object.keys(value)) {
    const each = (value as Readonly<Record<string, unknown>>)[key];
    if (each === undefined) continue;
    const start = isList ? `${before}${feed}` : `${before}${feed}${JSON.stringify(key)}:`;
    before = ',';
    if (levels === 1) yield `${start}${JSON.stringify(each)}`;
    else {
      yield start;
      yield* jsonPieces(each, levels - 1, feed);
    }
  }
  if (before !== ',') yield before;
  yield `${feed}${isList ? ']' : '}'}`;
}
