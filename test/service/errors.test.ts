import { describe, expect, test } from 'vitest';
import { NetworkFailure } from '../../collectors/transport/network.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { told } from '../../service/errors.ts';
import { Instant } from '../../service/instant.ts';
import { table } from '../../service/output/table.ts';
import { sleep } from '../../service/workspace.ts';

describe('an error', () => {
  test.each([
    [new OperatorError('do this'), 2, 'do this'],
    [new IntegrityError('object x is missing'), 4, 'the evidence does not hold: object x is missing'],
    [
      new TypeError('x is not a function'),
      1,
      'Exhibit itself failed: x is not a function (--verbose shows where)',
    ],
    [new Error('one\n  two'), 1, 'Exhibit itself failed: one two (--verbose shows where)'],
    ['thrown', 1, 'Exhibit itself failed: thrown (--verbose shows where)'],
  ])('%s ends with %d and one line', (error, code, text) => {
    expect(told(error, false)).toEqual({ code, text });
  });

  test('shows its stack only where that is asked for', () => {
    const error = new OperatorError('do this');
    expect(told(error, false).text).not.toContain('\n');
    expect(told(error, true).text).toContain('errors.test.ts');
  });
});

test('waiting ends at once when the reading is stopped, and says so', async () => {
  const stop = new AbortController();
  const waiting = sleep(60_000, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow(NetworkFailure);
  await expect(sleep(60_000, stop.signal)).rejects.toMatchObject({ code: 'aborted' });
});

test('a table has its columns below each other, and nothing behind the last', () => {
  expect(
    table(
      ['a', 'long'],
      [
        ['xyz', 1],
        ['', null],
      ],
    ),
  ).toBe('a    long\nxyz  1\n     -\n');
  expect(table(['a'], [])).toBe('');
});

test('a date means the end of its day, an instant itself, and anything else nothing', () => {
  expect(Instant.parse('2026-01-31')).toBe('2026-01-31T23:59:59.999Z');
  expect(Instant.parse('2026-01-31T10:00:00Z')).toBe('2026-01-31T10:00:00Z');
  for (const text of ['2026-02-30', '2026-01-31T10:00:00', 'today', ''])
    expect(Instant.safeParse(text).success).toBe(false);
});
