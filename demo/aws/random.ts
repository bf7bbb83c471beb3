import { createHash } from 'node:crypto';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Numbers and identifiers that follow from the seed and a name alone, so that adding one thing to the model changes
 * nothing about the others.
 */
export interface Seeded {
  /** A whole number from `from` to `to`, both included. */
  between(name: string, from: number, to: number): number;
  /** An identifier in AWS's form: a prefix and capitals, 20 or 21 characters long. */
  id(prefix: string, name: string, length?: number): string;
  hex(name: string, length: number): string;
  digits(name: string, length: number): string;
  uuid(name: string): string;
}

export function seeded(seed: number | string): Seeded {
  const bytes = (name: string) => createHash('sha512').update(`${seed}/${name}`).digest();
  const hex = (name: string, length: number) => bytes(name).toString('hex').slice(0, length);
  return {
    hex,
    between: (name, from, to) => from + (bytes(name).readUInt32BE() % (to - from + 1)),
    id: (prefix, name, length = 21) =>
      prefix +
      Array.from(bytes(name).subarray(0, length - prefix.length), (byte) => base32[byte % 32]).join(''),
    // The first digit is never 0: tools that treat account numbers as numbers would lose it.
    digits: (name, length) =>
      Array.from(bytes(name).subarray(0, length), (byte, n) => (n === 0 ? 1 + (byte % 9) : byte % 10)).join(
        '',
      ),
    uuid: (name) => hex(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  };
}
