import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { bytesOf, digestOf, isSame, jsonPieces, piecesOf } from '../../exports/content.ts';

test('pieces of JSON are what JSON.stringify gives, however deep it is taken apart', () => {
  const undefinedToo = fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined }));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), undefinedToo), fc.nat(6), (value, levels) => {
      expect([...jsonPieces(value, levels)].join('')).toBe(JSON.stringify(value));
      expect(JSON.parse([...jsonPieces(value, levels, '\n')].join(''))).toEqual(
        JSON.parse(JSON.stringify(value)),
      );
    }),
  );
});

test('what is made in parts has the bytes of the whole, also where a part is long or no text', () => {
  const parts = ['a', Buffer.from('é'), 'b'.repeat(300_000), '', Buffer.alloc(3), 'ö'];
  const whole = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const made = () => parts;
  expect(Buffer.concat([...piecesOf(made)]).equals(whole)).toBe(true);
  expect(bytesOf(made).equals(whole)).toBe(true);
  expect(digestOf(made)).toBe(digest(whole));
  expect(isSame(whole, made)).toBe(true);
  for (const other of [whole.subarray(1), whole.subarray(0, -1), Buffer.concat([whole, Buffer.from('x')])])
    expect(isSame(other, made)).toBe(false);
  const changed = Buffer.from(whole);
  changed[200_000] = 0;
  expect(isSame(changed, made)).toBe(false);
});
