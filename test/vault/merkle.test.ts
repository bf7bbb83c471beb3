import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  consistencyProof,
  emptyRoot,
  Frontier,
  inclusionProof,
  leafOf,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../vault/merkle.ts';

const leaves = Array.from({ length: 40 }, (_, n) => leafOf(Buffer.from(`line ${n}`)));

/** The definition of RFC 6962 section 2.1, word by word. */
function naive(part: readonly Buffer[]): Buffer {
  if (part.length === 0) return createHash('sha256').digest();
  const [only] = part;
  if (part.length === 1 && only) return only;
  let k = 1;
  while (k * 2 < part.length) k *= 2;
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from([1]), naive(part.slice(0, k)), naive(part.slice(k))]))
    .digest();
}

describe('the tree over the lines of a ledger', () => {
  test('has the root that RFC 6962 defines, at every size and however it grew', () => {
    const frontier = new Frontier();
    expect(frontier.root()).toEqual(emptyRoot);
    for (const [n, leaf] of leaves.entries()) {
      frontier.append(leaf);
      expect(frontier.root()).toEqual(naive(leaves.slice(0, n + 1)));
      expect(rootOf(leaves.slice(0, n + 1))).toEqual(frontier.root());
    }
  });

  test('proves every line of every tree, and no other line', () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const tree = leaves.slice(0, size);
      const root = rootOf(tree);
      for (const [index, leaf] of tree.entries()) {
        const proof = inclusionProof(tree, index);
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leafOf(Buffer.from('forged')), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index + 1, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
        if (size > 1) expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
      }
    }
  });

  test('proves every beginning, and no forged one', () => {
    for (let to = 1; to <= leaves.length; to += 1) {
      const tree = leaves.slice(0, to);
      const root = rootOf(tree);
      for (let from = 1; from <= to; from += 1) {
        const beginning = { size: from, root: rootOf(leaves.slice(0, from)) };
        const proof = consistencyProof(tree, from);
        expect(verifyConsistency(beginning, { size: to, root }, proof)).toBe(true);
        const forged = rootOf([...leaves.slice(0, from - 1), leafOf(Buffer.from('forged'))]);
        expect(verifyConsistency({ size: from, root: forged }, { size: to, root }, proof)).toBe(false);
        expect(verifyConsistency(beginning, { size: to, root: forged }, proof)).toBe(false);
        if (proof.length > 0)
          expect(verifyConsistency(beginning, { size: to, root }, proof.slice(1))).toBe(false);
      }
    }
  });
});
