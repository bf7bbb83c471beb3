import { describe, expect, test } from 'vitest';
import type { Plan } from '../../controls/plan.ts';
import { subserviceCatalogue } from '../../controls/subservices.ts';
import type { Judgement } from '../../exports/judge.ts';
import { exceptions, leavers, userControls } from '../../exports/company.ts';

const judged = (collectors: readonly string[], named: readonly { id: string; name: string }[]) =>
  userControls({
    plan: {
      sources: collectors.map((collector) => ({ collector })),
      declared: { subservices: named },
    } as unknown as Plan,
    results: [],
  });

test('every organisation that the company named is in the table of what is left to it', () => {
  const [first, second] = subserviceCatalogue;
  if (!first || !second) throw new Error('the catalogue names two organisations at least');
  const { columns, rows } = judged(
    [first.collector],
    [
      { id: 'mailer', name: 'Mailer' },
      { id: second.id, name: 'what the company calls it' },
    ],
  );
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set([first.name, 'Mailer', second.name]));
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  const test = columns.indexOf('test');
  expect(rows.filter(([name]) => name === 'Mailer').map((row) => row[test])).toEqual([
    'no automated evidence',
  ]);
});

describe('who left', () => {
  const list = { exportedBy: 'Bo Example', exportedOn: '2026-01-31', system: 'Payroll', filter: 'all' };
  const rowsOf = (handed: object | null) =>
    leavers({ plan: { register: { leavers: handed } } as unknown as Plan, results: [] });

  test.each([
    ['a row for each of the list', [{ account: 'ada', leftOn: '2026-01-15' }], [['ada', '2026-01-15']]],
    ['of a list that names nobody, that it does not', [], [['the list names nobody', '']]],
  ])('%s', (_, people, rows) => {
    const made = rowsOf({ ...list, people });
    expect(made.rows).toEqual(rows.map((row) => [...row, 'Bo Example', '2026-01-31', 'Payroll', 'all']));
    expect(made.rows[0]).toHaveLength(made.columns.length);
  });

  test('no row where no list was handed over', () => {
    expect(rowsOf(null).rows).toEqual([]);
  });
});

test('an exception tells what its items are called, where an id means one thing alone', () => {
  const verdict = (source: string, subject: string, name: string | null) => ({ source, subject, name });
  const exception = { id: 'e', control: 'mfa-aws-root', subjects: ['1', '2', '3'], safeguard: { text: 's' } };
  const judgement = {
    plan: { exceptions: [exception, { ...exception, source: 'b' }] },
    results: [
      {
        control: 'mfa-aws-root',
        verdicts: [
          ...[verdict('a', '1', 'One'), verdict('a', '2', 'Two of a'), verdict('b', '2', 'Two of b')],
          verdict('a', '3', null),
        ],
      },
    ],
    subjects: { of: () => [] },
  } as unknown as Judgement;
  const { columns, rows } = exceptions(judgement);
  expect(rows.map((row) => row[columns.indexOf('names')])).toEqual(['One |  | ', ' | Two of b | ']);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
});
