import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packedLines } from '../exports/packed-lines.ts';

test('what is packed is there again, in pieces of whole lines, as often as it is asked for', () => {
  const text = fc.array(
    fc.string({ unit: 'grapheme', maxLength: 40 }).map((line) => line.replaceAll('\n', ' ')),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 100 }), fc.boolean(), (lines, about, isCutOff) => {
      const whole = lines.map((line) => `${line}\n`).join('') + (isCutOff ? 'no end' : '');
      const again = packedLines(Buffer.from(whole), about);
      for (let times = 0; times < 2; times += 1) {
        const pieces = [...again()].map((piece) => Buffer.from(piece));
        expect(Buffer.concat(pieces).toString()).toBe(whole);
        for (const piece of isCutOff ? pieces.slice(0, -1) : pieces) {
          expect(piece.at(-1)).toBe(10);
          // No line is in it that it could have done without.
          expect(piece.subarray(0, -1).lastIndexOf(10)).toBeLessThan(about - 1);
        }
      }
    }),
  );
});
