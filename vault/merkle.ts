import { createHash } from 'node:crypto';

/*
 * RFC 6962 Merkle trees over the lines of the ledger: https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */

export type Hash = Buffer;

const hash = (...parts: readonly Uint8Array[]): Hash => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
};

/** The leaf of one line, without its line feed. */
export const leafOf = (line: Uint8Array): Hash => hash(Uint8Array.of(0), line);
const nodeOf = (left: Hash, right: Hash): Hash => hash(Uint8Array.of(1), left, right);
export const emptyRoot: Hash = hash();

/** The roots of the full subtrees of a growing tree, largest first: all that is needed to append a leaf and tell the root. */
export class Frontier {
  readonly #peaks: { size: number; hash: Hash }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  append(leaf: Hash): void {
    let peak = { size: 1, hash: leaf };
    for (let last = this.#peaks.at(-1); last?.size === peak.size; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { size: peak.size * 2, hash: nodeOf(last.hash, peak.hash) };
    }
    this.#peaks.push(peak);
    this.#size += 1;
  }

  root(): Hash {
    const [last, ...others] = this.#peaks.toReversed();
    return last ? others.reduce((right, left) => nodeOf(left.hash, right), last.hash) : emptyRoot;
  }
}

export function rootOf(leaves: readonly Hash[]): Hash {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/** The largest power of two smaller than `n`. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The audit path of one leaf. */
export function inclusionProof(leaves: readonly Hash[], index: number): Hash[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - k), rootOf(left)];
}

/** Whether a leaf stands at this place of a tree of this size and root: RFC 9162 section 2.1.3.2. */
export function verifyInclusion(
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [fn, sn, sum] = [index, size - 1, leaf];
  for (const each of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      sum = nodeOf(each, sum);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else sum = nodeOf(sum, each);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && sum.equals(root);
}

/** The proof that the tree of the first `size` leaves is a beginning of the whole. */
export function consistencyProof(leaves: readonly Hash[], size: number): Hash[] {
  const prove = (m: number, part: readonly Hash[], whole: boolean): Hash[] => {
    const n = part.length;
    if (m === n) return whole ? [] : [rootOf(part)];
    const k = split(n);
    return m <= k
      ? [...prove(m, part.slice(0, k), whole), rootOf(part.slice(k))]
      : [...prove(m - k, part.slice(k), false), rootOf(part.slice(0, k))];
  };
  return size === 0 ? [] : prove(size, leaves, true);
}

/** Whether the smaller tree is a beginning of the larger one: RFC 9162 section 2.1.4.2. */
export function verifyConsistency(
  from: { readonly size: number; readonly root: Hash },
  to: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (!Number.isSafeInteger(from.size) || !Number.isSafeInteger(to.size)) return false;
  if (from.size < 0 || from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && from.root.equals(to.root);
  if (from.size === 0) return proof.length === 0 && from.root.equals(emptyRoot);
  const path = Number.isInteger(Math.log2(from.size)) ? [from.root, ...proof] : [...proof];
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  const [first, ...rest] = path;
  if (!first) return false;
  let [old, now] = [first, first];
  for (const each of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [old, now] = [nodeOf(each, old), nodeOf(each, now)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else now = nodeOf(now, each);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && old.equals(from.root) && now.equals(to.root);
}
