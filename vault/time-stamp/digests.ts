import { createHash } from 'node:crypto';
import { Inside, oidOf, tags, type Item } from './der.ts';
import { expect } from './refusal.ts';

/** The digests that count in a time stamp: https://www.rfc-editor.org/rfc/rfc5754#section-2 */
export const digests: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
export const sha256 = '2.16.840.1.101.3.4.2.1';

/** How a digest is called that an algorithm identifier names. Throws `Refusal` where it is not one that counts. */
export function digestNamed(item: Item): string {
  const name = digests[withoutParameters(item)];
  expect(name !== undefined, 'uses a digest that does not count any more, or not here');
  return name;
}

/** The algorithm that an identifier names, which may have no parameters: none, or a null. */
export function withoutParameters(item: Item): string {
  const inside = new Inside(item);
  const name = oidOf(inside.any());
  const parameters = inside.optional(tags.null);
  inside.end();
  expect(parameters === null || parameters.body.length === 0, 'uses an algorithm with parameters');
  return name;
}

export function hashed(algorithm: string, bytes: Uint8Array): Buffer {
  return createHash(algorithm).update(bytes).digest();
}
