import type { Certificate } from './certificate.ts';
import { context, Inside, readDer, tags, type Item } from './der.ts';
import { digestNamed, hashed } from './digests.ts';
import { expect } from './refusal.ts';

/*
 * A signer names its own certificate under its signature, so that nobody can put another one with the same key in its
 * place: https://www.rfc-editor.org/rfc/rfc5035#section-3, and https://www.rfc-editor.org/rfc/rfc5816 for time stamps.
 */

const version1 = '1.2.840.113549.1.9.16.2.12';
const version2 = '1.2.840.113549.1.9.16.2.47';
const otherwise = 'names another certificate than the one that signed';

/** The first that is named is the signer's own; any further one stands above it. Where both forms are there, both must hold. */
export function checkNamedSigner(attributes: ReadonlyMap<string, Item>, chain: readonly Certificate[]): void {
  const named = attributes.get(version2);
  expect(named !== undefined, 'does not name the certificate of its signer by a digest that counts');
  checkList(named, chain, (id) => {
    const algorithm = id.optional(tags.sequence);
    return algorithm === null ? 'sha256' : digestNamed(algorithm);
  });
  const before = attributes.get(version1);
  if (before) checkList(before, chain, () => 'sha1');
}

function checkList(item: Item, chain: readonly Certificate[], digestOf: (id: Inside) => string): void {
  const parts = new Inside(item);
  const ids = new Inside(parts.next(tags.sequence)).rest();
  parts.optional(tags.sequence);
  parts.end();
  expect(ids.length > 0, otherwise);
  for (const [n, each] of ids.entries()) {
    const id = new Inside(each);
    const algorithm = digestOf(id);
    const digest = id.next(tags.octets).body;
    const issued = id.optional(tags.sequence);
    id.end();
    const candidates = n === 0 ? chain.slice(0, 1) : chain.slice(1);
    const found = candidates.find(({ raw }) => hashed(algorithm, raw).equals(digest));
    expect(found !== undefined && (issued === null || isIssued(issued, found)), otherwise);
  }
}

/** Issuer and number, as a list of names of which the one that counts is a directory name. */
function isIssued(item: Item, { issuer, serial }: Certificate): boolean {
  const parts = new Inside(item);
  const [name, ...others] = new Inside(parts.next(tags.sequence)).rest();
  const number = parts.next(tags.integer).body;
  parts.end();
  const equal = name?.tag === context(4) && others.length === 0 && readDer(name.body).raw.equals(issuer);
  return equal && number.equals(serial);
}
