import { expect, test } from 'vitest';
import { legible } from '../../../exports/documents/legible.ts';
import { surveyOf } from '../../../exports/documents/survey.ts';
import type { Column } from '../../../exports/documents/table.ts';
import { xlsx } from '../../../exports/documents/xlsx-table.ts';
import { sheetsOf, type ReadSheet } from './read-xlsx.ts';
import { hostileTable, tableOf } from './support.ts';

const bytesOf = (...tables: (typeof hostileTable)[]) =>
  Buffer.concat([...xlsx(tables.map((table) => ({ table, survey: surveyOf(table) })))]);

const toldBy = (meta: ReadSheet): Record<string, string | undefined> =>
  Object.fromEntries(meta.rows.map(([what, value]) => [what?.value ?? '', value?.value]));

const columns: Column[] = [
  { key: 'name', title: 'Name', type: 'text' },
  { key: 'count', title: 'Count', type: 'number' },
  { key: 'active', title: 'Active', type: 'boolean' },
  { key: 'at', title: 'At (UTC)', type: 'date-time' },
];

test('cells have their types, and what does not fit its type stays text', () => {
  const [sheet] = sheetsOf(
    bytesOf(
      tableOf(columns, [
        ['one', 5, true, '2026-05-04T12:00:00Z'],
        ['two', 12_345_678_901_234_567, false, '2026-05-04'],
        ['three', { unknown: 'the source did not say' }, null, 'never'],
        ['four', -0.5, true, '1899-01-01T00:00:00Z'],
      ]),
    ),
  );
  const row = (n: number) => sheet!.rows[n]!.map((cell) => cell && [cell.type, cell.value, cell.style]);
  expect(row(1).slice(0, 4)).toEqual([
    ['inlineStr', 'one', '0'],
    ['n', '5', '0'],
    ['b', '1', '0'],
    ['n', '46146.5', '2'],
  ]);
  expect(row(2).slice(1, 4)).toEqual([
    ['inlineStr', '12345678901234568', '0'],
    ['b', '0', '0'],
    ['n', '46146', '3'],
  ]);
  expect(row(3).slice(1, 4)).toEqual([
    ['inlineStr', 'unknown: the source did not say', '0'],
    undefined,
    ['inlineStr', 'never', '0'],
  ]);
  expect(row(4)[3]).toEqual(['inlineStr', '1899-01-01T00:00:00Z', '0']);
});

test('what a reader of text sees of a moment are no twelve digits, as an account of AWS has; of an account it sees all', () => {
  // A second of a day is often a fraction of twelve digits, as a spreadsheet keeps it.
  const moments = Array.from({ length: 600 }, (_, n) => [
    '210987654321',
    n,
    true,
    new Date(Date.UTC(2026, 10, 28, 2, 50, n)).toISOString(),
  ]);
  const bytes = bytesOf(tableOf(columns, moments));
  const serials = sheetsOf(bytes)[0]!.rows.map((row) => row[3]?.value ?? '');
  expect(serials.filter((serial) => /\.\d{12}$/.test(serial)).length).toBeGreaterThan(50);
  const seen = legible('things.xlsx', bytes).match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  expect(new Set(seen)).toEqual(new Set(['210987654321']));
  expect(seen).toHaveLength(600);
});

test('the header stays in sight and filters, rows cite, and a sheet tells how it was extracted', () => {
  const [sheet, meta] = sheetsOf(bytesOf(tableOf(columns, [['one', 1, true, null]])));
  expect(sheet!.xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet!.xml).toContain('<autoFilter ref="A1:E2"/>');
  expect(sheet!.rows[0]!.map((cell) => cell?.value)).toEqual([
    'Name',
    'Count',
    'Active',
    'At (UTC)',
    'Evidence',
  ]);
  expect(sheet!.rows[1]![4]?.value).toMatch(/^plain\/things [0-9a-f]{64}#\/0$/);
  expect(meta!.name).toBe('meta');
  const told = toldBy(meta!);
  expect(told).toMatchObject({
    rows: '1',
    timeZone: 'UTC',
    'completeness · complete': 'true',
    'completeness · check': 'every page came',
    'columns · 4 · type': 'date-time',
  });
});

test('several tables are several sheets', () => {
  const others = { ...tableOf(columns, []), id: 'others' };
  expect(sheetsOf(bytesOf(hostileTable, others)).map(({ name }) => name)).toEqual([
    'things',
    'others',
    'meta',
  ]);
  for (const id of ['Things', 'meta', 'a/b', 'x'.repeat(0)])
    expect(() => bytesOf(hostileTable, { ...others, id }), id).toThrow(/cannot have a sheet called/);
});

test('a cell that no spreadsheet has room for is cut, and says so', () => {
  const table = tableOf([{ key: 'a', title: 'A', type: 'text' }], [['x'.repeat(40_000)]]);
  const [sheet, meta] = sheetsOf(bytesOf(table));
  expect(sheet!.rows[1]![0]!.value).toHaveLength(32_767);
  expect(sheet!.rows[1]![0]!.value).toMatch(/cut here: a spreadsheet holds no more\)$/);
  const told = toldBy(meta!);
  expect(told['altered · cutInXlsx · a']).toBe('1');
});
