/*
 * The distinguished encoding of ASN.1 (X.690), as far as time stamps and certificates need it. It is read strictly: one
 * way to say a thing, nothing behind it. Readers that are made to be lenient pass over bytes that say nothing to them.
 */

/** What is read has not its form. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  time: 0x18,
} as const;

/** A tag of the context, primitive or constructed. */
export const context = (number: number, constructed = true) => (constructed ? 0xa0 : 0x80) + number;

export interface Item {
  readonly tag: number;
  /** With tag and length. */
  readonly raw: Buffer;
  readonly body: Buffer;
}

/** The one item that these bytes are. */
export function readDer(bytes: Uint8Array): Item {
  const item = itemAt(Buffer.from(bytes), 0);
  if (item.raw.length !== bytes.length) throw new DerError('bytes are hidden behind it');
  return item;
}

/** Goes through the items inside another, in order; each is asked for by its tag. */
export class Inside {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(item: Item, tag: number = tags.sequence) {
    if (item.tag !== tag) throw new DerError('an item has another tag than it must');
    this.#bytes = item.body;
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  any(): Item {
    const item = itemAt(this.#bytes, this.#at);
    this.#at += item.raw.length;
    return item;
  }

  next(tag: number): Item {
    const item = this.any();
    if (item.tag !== tag) throw new DerError('an item has another tag than it must');
    return item;
  }

  optional(tag: number): Item | null {
    return !this.done && this.#bytes[this.#at] === tag ? this.any() : null;
  }

  /** All that are left. */
  rest(): Item[] {
    const items: Item[] = [];
    while (!this.done) items.push(this.any());
    return items;
  }

  /** Nothing may be left. */
  end(): void {
    if (!this.done) throw new DerError('there is more in it than it may hold');
  }
}

function itemAt(bytes: Buffer, at: number): Item {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new DerError('it is cut off');
  if ((tag & 0x1f) === 0x1f) throw new DerError('a tag has a form that is never needed here');
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count === 0 || count > 4) throw new DerError('a length has a form that is never needed here');
    if (start + count > bytes.length) throw new DerError('it is cut off');
    length = bytes.readUIntBE(start, count);
    if (length < 0x80 || length < 2 ** (8 * (count - 1))) throw new DerError('a length is written too long');
    start += count;
  }
  if (start + length > bytes.length) throw new DerError('it is cut off');
  return { tag, raw: bytes.subarray(at, start + length), body: bytes.subarray(start, start + length) };
}

/** An object identifier as people write it. */
export function oidOf({ tag, body }: Item): string {
  if (tag !== tags.oid || body.length === 0 || (body.at(-1) ?? 0x80) >= 0x80)
    throw new DerError('an object identifier has not its form');
  const numbers: number[] = [];
  let value = 0;
  let fresh = true;
  for (const byte of body) {
    if (fresh && byte === 0x80) throw new DerError('an object identifier has not its form');
    value = value * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(value)) throw new DerError('an object identifier is too long');
    fresh = byte < 0x80;
    if (!fresh) continue;
    numbers.push(value);
    value = 0;
  }
  const [head = 0, ...rest] = numbers;
  const top = Math.min(2, Math.floor(head / 40));
  return [top, head - 40 * top, ...rest].join('.');
}

/** An integer as its bytes, in the one form that it may have. */
export function integerOf({ tag, body }: Item): Buffer {
  const [first, second] = body;
  if (tag !== tags.integer || first === undefined) throw new DerError('a number has not its form');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new DerError('a number is written too long');
  return body;
}

/** A number that is small and not negative. */
export function smallOf(item: Item): number {
  const bytes = integerOf(item);
  if (bytes.length > 4 || (bytes[0] ?? 0) >= 0x80) throw new DerError('a number is larger than it may be');
  return bytes.readUIntBE(0, bytes.length);
}

export function booleanOf({ tag, body }: Item): boolean {
  if (tag !== tags.boolean || body.length !== 1 || (body[0] !== 0 && body[0] !== 0xff))
    throw new DerError('a truth value has not its form');
  return body[0] === 0xff;
}

/** Writes an item around others. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const count = Math.ceil(body.length.toString(16).length / 2);
  const length = Buffer.alloc(count);
  length.writeUIntBE(body.length, 0, count);
  return Buffer.concat([Buffer.from([tag, 0x80 + count]), length, body]);
}

export function oid(text: string): Buffer {
  const [top = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [top * 40 + second, ...rest].flatMap((number) => {
    const digits = [number % 128];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift(0x80 + (left % 128));
    return digits;
  });
  return der(tags.oid, Buffer.from(bytes));
}

/** A number that is not negative, by its bytes. */
export function integer(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = start < 0 ? Buffer.alloc(1) : bytes.subarray(start);
  // The first bit would make it negative.
  return der(tags.integer, Buffer.alloc((short[0] ?? 0) >= 0x80 ? 1 : 0), short);
}
