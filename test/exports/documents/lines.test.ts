import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, spread } from '../../../exports/documents/pdf/lines.ts';
import { looks } from '../../../exports/documents/pdf/theme.ts';
import { hostile } from './support.ts';

const shown = (text: string, width: number) =>
  linesOf(text, looks.body, width).map(({ pieces }) => pieces.map((piece) => piece.text).join(''));

test('no line is wider than its column, and nothing of a text is lost', () => {
  const text = fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom(...Object.values(hostile)));
  fc.assert(
    fc.property(text, fc.integer({ min: 5, max: 400 }), (said, width) => {
      const lines = linesOf(said, looks.body, width);
      for (const line of lines) {
        // A letter that is wider than its column stands in it alone.
        const letters = line.pieces
          .map((piece) => piece.text)
          .join('')
          .trim();
        if (letters.length > 1) expect(line.width).toBeLessThanOrEqual(width + 0.011);
      }
      const plain = (each: string) => each.replaceAll(/\s/g, '');
      const whole = lines.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
      if (/^[ -~]*$/.test(said)) expect(plain(whole)).toBe(plain(said));
    }),
    { numRuns: 200 },
  );
});

test('a line reads on to the next as text does', () => {
  expect(shown('one two three', 30)).toEqual(['one ', 'two ', 'three']);
  expect(shown('one\ntwo', 200)).toEqual(['one ', 'two']);
});

test('a long word is parted behind a mark where one is near, and a longer one where it must', () => {
  const [first] = shown('arn:aws:iam::role/some-very-long-name-of-a-thing-that-goes-on', 120);
  expect(first).toMatch(/[/:-]$/);
  const parts = shown('x'.repeat(5000), 100);
  expect(parts.length).toBeGreaterThan(100);
  expect(parts.join('')).toBe('x'.repeat(5000));
});

test('what no face has is a mark that everybody sees', () => {
  expect(shown('田中', 200)).toEqual(['\ufffd\ufffd']);
  expect(shown('a\u202eb', 200)).toEqual(['a\ufffdb']);
  expect(shown('Zażółć', 200)).toEqual(['Zażółć']);
});

test('words that run from right to left keep their order', () => {
  const [line] = linesOf('owner דוד כהן', looks.body, 400);
  expect(line!.pieces.map(({ text }) => text)).toEqual(['owner ', 'דוד כהן']);
});

test('the space that a text needs is what its lines take', () => {
  const { line } = spread('some words of a line', looks.body);
  expect(linesOf('some words of a line', looks.body, line)).toHaveLength(1);
  expect(linesOf('some words of a line', looks.body, line - 1).length).toBeGreaterThan(1);
});
