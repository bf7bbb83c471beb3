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

const leaves = Array.from({ length: 64 }, (_, n) => leafOf(Buffer.from(`line ${n}`)));
const forgedLeaf = leafOf(Buffer.from('forged'));

/** The definition of RFC 6962 section 2.1, word by word. */
function defined(part: readonly Buffer[]): Buffer {
  if (part.length === 0) return createHash('sha256').digest();
  const [only] = part;
  if (part.length === 1 && only) return only;
  let k = 1;
  while (k * 2 < part.length) k *= 2;
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from([1]), defined(part.slice(0, k)), defined(part.slice(k))]))
    .digest();
}

describe('the tree over the lines of a ledger', () => {
  test('has the root that the certificate transparency project publishes for its eight test leaves', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
    const last = '606162636465666768696a6b6c6d6e6f';
    const tree = [...inputs, last].map((hex) => leafOf(Buffer.from(hex, 'hex')));
    expect(rootOf(tree).toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });

  test('has the root that RFC 6962 defines, at every size and however it grew', () => {
    const frontier = new Frontier();
    expect(frontier.root()).toEqual(emptyRoot);
    for (const [n, leaf] of leaves.entries()) {
      frontier.append(leaf);
      expect(frontier.size).toBe(n + 1);
      expect(frontier.root()).toEqual(defined(leaves.slice(0, n + 1)));
      expect(rootOf(leaves.slice(0, n + 1))).toEqual(frontier.root());
    }
  });

  test('proves every line of every tree, and no other line, place, size or proof', () => {
    let wrong = 0;
    for (let size = 1; size <= leaves.length; size += 1) {
      const tree = leaves.slice(0, size);
      const root = rootOf(tree);
      for (const [index, leaf] of tree.entries()) {
        const proof = inclusionProof(tree, index);
        const proven = (...[l, i, s, p]: [Buffer, number, number, readonly Buffer[]]) =>
          verifyInclusion(l, i, s, p, root);
        if (!proven(leaf, index, size, proof)) wrong += 1;
        if (proven(forgedLeaf, index, size, proof)) wrong += 1;
        if (proven(leaf, index + 1, size, proof) || proven(leaf, -1, size, proof)) wrong += 1;
        if (proven(leaf, index, size, [...proof, root])) wrong += 1;
        if (size > 1 && proven(leaf, index, size, proof.slice(1))) wrong += 1;
        if (size > 1 && proven(leaf, index, size, [forgedLeaf, ...proof.slice(1)])) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
  });

  test('proves every beginning, and no forged one', () => {
    let wrong = 0;
    for (let size = 1; size <= leaves.length; size += 1) {
      const tree = leaves.slice(0, size);
      const to = { size, root: rootOf(tree) };
      for (let m = 1; m <= size; m += 1) {
        const from = { size: m, root: rootOf(leaves.slice(0, m)) };
        const proof = consistencyProof(tree, m);
        if (!verifyConsistency(from, to, proof)) wrong += 1;
        const forged = rootOf([...leaves.slice(0, m - 1), forgedLeaf]);
        if (verifyConsistency({ size: m, root: forged }, to, proof)) wrong += 1;
        if (verifyConsistency(from, { size, root: forged }, proof)) wrong += 1;
        if (verifyConsistency(from, to, [...proof, to.root])) wrong += 1;
        if (m < size && verifyConsistency(to, from, proof)) wrong += 1;
        if (proof.length > 0 && verifyConsistency(from, to, proof.slice(1))) wrong += 1;
        if (proof.length > 0 && verifyConsistency(from, to, [...proof.slice(0, -1), forgedLeaf])) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
  });

  test('takes the empty tree as the beginning of each, under its own root only', () => {
    const to = { size: 3, root: rootOf(leaves.slice(0, 3)) };
    expect(verifyConsistency({ size: 0, root: emptyRoot }, to, [])).toBe(true);
    expect(verifyConsistency({ size: 0, root: to.root }, to, [])).toBe(false);
  });
});
