import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursor, gaps, union, type Interval } from '../../evidence-model/coverage.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const intervals = fc.array(
  fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]): Interval => ({ from: at(a), to: at(b) })),
  { maxLength: 12 },
);
/** The definition: a minute is covered if some interval that is not empty holds it. */
const covers = (list: readonly Interval[], minute: number) =>
  list.some(({ from, to }) => from <= at(minute) && at(minute) < to);

describe('what of a log was read', () => {
  test('is the union of the intervals, in order and without overlap', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const joined = union(list);
        for (let minute = 0; minute <= 301; minute += 1)
          expect(covers(joined, minute)).toBe(covers(list, minute));
        for (let n = 1; n < joined.length; n += 1) expect(joined[n - 1]!.to < joined[n]!.from).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('and its gaps are exactly what no interval covers', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const whole = { from: at(20), to: at(280) };
        const open = gaps(whole, list);
        for (let minute = 20; minute < 280; minute += 1)
          expect(covers(open, minute)).toBe(!covers(list, minute));
      }),
      { numRuns: 60 },
    );
  });

  test('the next reading begins where coverage ends, less the overlap, and never skips a gap', () => {
    const covered = [
      { from: at(0), to: at(60) },
      { from: at(90), to: at(120) },
    ];
    expect(cursor(at(0), covered, 0)).toBe(at(60));
    expect(cursor(at(0), covered, 15 * 60_000)).toBe(at(45));
    expect(cursor(at(0), [], 15 * 60_000)).toBe(at(0));
    expect(cursor(at(70), covered, 0)).toBe(at(70));
  });

  test('with or without milliseconds a time is the same, and half a second is a gap', () => {
    const covered = [
      { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00Z' },
      { from: '2026-01-01T01:00:00.500Z', to: '2026-01-01T02:00:00Z' },
    ];
    const whole = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T02:00:00.000Z' };
    expect(gaps(whole, covered)).toEqual([{ from: '2026-01-01T01:00:00Z', to: '2026-01-01T01:00:00.500Z' }]);
  });
});
