import { expect, test } from 'vitest';
import type { Plan } from '../../controls/plan.ts';
import { subserviceCatalogue } from '../../controls/subservices.ts';
import { userControls } from '../../exports/company.ts';

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
