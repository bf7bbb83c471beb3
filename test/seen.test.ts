import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Seen } from '../collectors/seen.ts';

test('what came by is told from what did not, like a set of names', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 })), (names) => {
      const [seen, set] = [new Seen(), new Set<string>()];
      for (const name of names) {
        expect(seen.add(name)).toBe(!set.has(name));
        set.add(name);
      }
      expect(seen.size).toBe(set.size);
    }),
  );
});

test('two that saw the same are equal in whatever order they saw it, and no others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.string(), (names, other) => {
      const of = (list: readonly string[]) => {
        const seen = new Seen();
        for (const name of list) seen.add(name);
        return seen;
      };
      expect(of(names).equals(of(names.toReversed()))).toBe(true);
      const fewer = names.slice(1);
      if (names.length > 0) expect(of(fewer).equals(of(names))).toBe(false);
      if (names.length > 0 && !names.includes(other))
        expect(of([...fewer, other]).equals(of(names))).toBe(false);
    }),
  );
});

test('a hundred thousand are all told apart', () => {
  const seen = new Seen();
  for (let n = 0; n < 100_000; n += 1) expect(seen.add(`item ${n}`)).toBe(true);
  expect(seen.size).toBe(100_000);
  expect(seen.add('item 77')).toBe(false);
});
