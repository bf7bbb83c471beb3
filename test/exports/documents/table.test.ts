import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../exports/content.ts';
import { metaOf } from '../../../exports/documents/meta.ts';
import { surveyOf } from '../../../exports/documents/survey.ts';
import { textOf, type Cell, type Column } from '../../../exports/documents/table.ts';
import { tableFiles } from '../../../exports/documents/table-files.ts';
import { sheetsOf } from './read-xlsx.ts';
import { hostile, hostileTable, tableOf } from './support.ts';

const content = (table: typeof hostileTable, form: Parameters<typeof tableFiles>[2][number]) => {
  const [file] = tableFiles(table, 'data/things', [form]);
  return bytesOf(file!.content);
};
const objects = (table: typeof hostileTable) =>
  content(table, 'ndjson')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('hostile cells', () => {
  test('are inert in CSV, and come out as they are but for an apostrophe', () => {
    const [header, ...rows] = parse(content(hostileTable, 'csv').toString());
    expect(header).toEqual(['what', 'cell', 'evidence']);
    for (const [what = '', cell = ''] of rows) {
      expect(cell, what).not.toMatch(/^[=+\-@\t\r]/);
      expect(cell.replace(/^'(?=[=+\-@\t\r])/, ''), what).toBe(hostile[what]?.toWellFormed());
    }
    expect(rows).toHaveLength(Object.keys(hostile).length);
  });

  test('are text in a sheet, none a formula, and come out as they are', () => {
    const [sheet] = sheetsOf(content(hostileTable, 'xlsx'));
    expect(sheet!.xml).not.toMatch(/<f[ >]/);
    const cells = sheet!.rows.slice(1).map(([what, cell]) => [what?.value, cell?.value ?? '']);
    expect(Object.fromEntries(cells)).toEqual(
      Object.fromEntries(Object.entries(hostile).map(([what, cell]) => [what, cell.toWellFormed()])),
    );
    const quoted = sheet!.rows.filter(([, cell]) => cell?.style === '4').map(([what]) => what?.value);
    expect(quoted).toEqual(['formula', 'plus', 'minus', 'at', 'tab', 'return']);
  });

  test('are in NDJSON exactly, lone halves of characters too', () => {
    expect(Object.fromEntries(objects(hostileTable).map(({ what, cell }) => [what, cell]))).toEqual(hostile);
  });

  test('are told beside the table', () => {
    expect(metaOf(hostileTable, surveyOf(hostileTable))).toMatchObject({
      rows: Object.keys(hostile).length,
      altered: { apostropheInCsv: { cell: 6 }, cutInXlsx: {}, marksShownOnPages: { cell: 3 } },
    });
  });
});

test('no two forms of a table disagree', () => {
  const columns: Column[] = [
    { key: 'text', title: 'Text', type: 'text' },
    { key: 'number', title: 'Number', type: 'number' },
    { key: 'flag', title: 'Flag', type: 'boolean' },
    { key: 'list', title: 'List', type: 'text' },
  ];
  const unknown = fc.record({ unknown: fc.string({ minLength: 1 }) });
  const row: fc.Arbitrary<readonly Cell[]> = fc.tuple(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(hostile)), fc.constant(null)),
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), unknown),
    fc.oneof(fc.boolean(), unknown),
    fc.array(fc.string()),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
      const table = tableOf(columns, rows);
      const read = parse(content(table, 'csv').toString()).slice(1);
      const [sheet] = sheetsOf(content(table, 'xlsx'));
      const kept = objects(table);
      for (const [n, cells] of rows.entries())
        for (const [m, cell] of cells.entries()) {
          const said = textOf(cell).toWellFormed();
          expect(read[n]?.[m]?.replace(/^'(?=[=+\-@\t\r])/, '')).toBe(said);
          const { value = '', type } = sheet!.rows[n + 1]?.[m] ?? {};
          expect(type === 'b' ? String(value === '1') : value).toBe(
            typeof cell === 'number' && type === 'n' ? String(cell) : said,
          );
          expect(kept[n]?.[columns[m]!.key]).toEqual(JSON.parse(JSON.stringify(cell)));
        }
    }),
    { numRuns: 60 },
  );
});

test('a row that does not fit its columns is an error, and no file', () => {
  const columns: Column[] = [{ key: 'a', title: 'A', type: 'text' }];
  expect(() => surveyOf(tableOf(columns, [['one', 'two']]))).toThrow(/more cells than columns/);
  expect(() => surveyOf(tableOf(columns, [[]]))).toThrow(/fewer cells than columns/);
});
