/*
 * The distinguished encoding of ASN.1 (X.690), written, and read as far as a request for a time stamp needs it.
 */

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length < 0x10000 ? 4 : 6, '0'), 'hex');
  const short = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([tag, 0x80 + short.length]), short, body]);
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
export const octets = (bytes: Uint8Array) => der(0x04, bytes);
/** Bits that fill their last byte. */
export const bits = (bytes: Uint8Array) => der(0x03, Buffer.alloc(1), bytes);
export const none = Buffer.alloc(0);

/** A number that is not negative. */
export function integer(value: bigint | number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return der(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.alloc(1) : none, bytes);
}

export function oid(text: string): Buffer {
  const [top = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [top * 40 + second, ...rest].flatMap((number) => {
    const digits = [number % 128];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift(0x80 + (left % 128));
    return digits;
  });
  return der(0x06, Buffer.from(bytes));
}

/** `YYYYMMDDhhmmssZ`. */
export function time(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`));
}

/** The items in these bytes, one after another, each whole. */
export function items(bytes: Buffer): { readonly tag: number; readonly body: Buffer }[] {
  const found: { readonly tag: number; readonly body: Buffer }[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes.readUInt8(at + 1);
    const count = first < 0x80 ? 0 : first - 0x80;
    const length = count === 0 ? first : bytes.readUIntBE(at + 2, count);
    const start = at + 2 + count;
    if (start + length > bytes.length) throw new RangeError('an item is cut off');
    found.push({ tag: bytes.readUInt8(at), body: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
