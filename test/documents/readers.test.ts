import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageTable } from '../../exports/documents/page-table.ts';
import { pdf } from '../../exports/documents/pdf/render.ts';
import { surveyOf } from '../../exports/documents/survey.ts';
import { xlsx } from '../../exports/documents/xlsx-table.ts';
import { documentOf, hostile, hostileTable, tableOf } from '../exports/documents/support.ts';

/* Programs that other people open our documents with say what they find in them. `.ci/run` installs them. */
const python = new URL('../../.ci/tools/venv/bin/python', import.meta.url).pathname;
const program = new URL('../../', import.meta.url).pathname;

const typed = tableOf(
  [
    { key: 'name', title: 'Name', type: 'text' },
    { key: 'count', title: 'Count', type: 'number' },
    { key: 'active', title: 'Active', type: 'boolean' },
    { key: 'at', title: 'At (UTC)', type: 'date-time' },
  ],
  [
    ['=1+1', 5, true, '2026-05-04T12:30:15Z'],
    ['00123', { unknown: 'not told' }, false, '2026-02-28'],
  ],
);

/** So many rows that the sheet is deflated, while the small parts beside it stay as they are. */
const long = tableOf(
  [{ key: 'name', title: 'Name', type: 'text' }],
  Array.from({ length: 2000 }, (_, n) => [`thing ${n}`]),
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exhibit-documents-'));
  const write = (name: string, table: typeof typed) =>
    writeFile(join(folder, name), Buffer.concat([...xlsx([{ table, survey: surveyOf(table) }])]));
  await write('hostile.xlsx', hostileTable);
  await write('typed.xlsx', typed);
  await write('long.xlsx', long);
  const document = documentOf([
    { type: 'heading', level: 2, text: 'Things' },
    { type: 'paragraph', text: 'Some words.' },
    { type: 'list', items: ['first', 'second'] },
    pageTable(hostileTable, { rows: 19, heads: 'what', whole: 'things.xlsx' }),
  ]);
  await writeFile(join(folder, 'sample.pdf'), pdf(document));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: folder, maxBuffer: 1 << 26 }).toString();

describe('a workbook', () => {
  test('opens in LibreOffice, cell by cell what the table says', async () => {
    // Token 44 is the comma, 34 the quote, 76 UTF-8; quoted text, cells as they are stored, the first sheet.
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1';
    const home = `-env:UserInstallation=file://${join(folder, 'home')}`;
    run('soffice', [home, '--headless', '--convert-to', filter, 'hostile.xlsx']);
    const [header, ...rows] = parse(await readFile(join(folder, 'hostile-things.csv'), 'utf8'));
    expect(header).toEqual(['What', 'Cell', 'Evidence']);
    const plain = (text: string) => text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b-\u001f]|\r\n?/g, '');
    for (const [what = '', cell = ''] of rows) expect(plain(cell), what).toBe(plain(hostile[what] ?? '?'));
    expect(rows.map(([what]) => what)).toEqual(Object.keys(hostile));
  });

  test('opens in openpyxl with types, a frozen header, filters and no formula', () => {
    const script = `
import json, sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
sheet = book.worksheets[0]
print(json.dumps({
  'names': book.sheetnames, 'freeze': sheet.freeze_panes, 'filter': sheet.auto_filter.ref,
  'cells': [[[cell.data_type, str(cell.value)] for cell in row[:4]] for row in sheet.iter_rows(min_row=2)],
  'quoted': bool(sheet['A2'].quotePrefix),
}))`;
    expect(JSON.parse(run(python, ['-W', 'error', '-c', script, 'typed.xlsx']))).toEqual({
      names: ['things', 'meta'],
      freeze: 'A2',
      filter: 'A1:E3',
      cells: [
        [
          ['s', '=1+1'],
          ['n', '5'],
          ['b', 'True'],
          ['d', '2026-05-04 12:30:15'],
        ],
        [
          ['s', '00123'],
          ['s', 'unknown: not told'],
          ['b', 'False'],
          ['d', '2026-02-28 00:00:00'],
        ],
      ],
      quoted: true,
    });
  });
});

test('a workbook of many rows is a zip that other programs unpack and read to its end', () => {
  expect(run('unzip', ['-t', 'long.xlsx'])).toContain('No errors detected');
  expect(run('unzip', ['-v', 'long.xlsx'])).toMatch(/Stored[^\n]*styles\.xml[^]*Defl[^\n]*sheet1\.xml/);
  const script = `
import sys
from openpyxl import load_workbook
sheet = load_workbook(sys.argv[1]).worksheets[0]
print(sheet.max_row, sheet['A2001'].value)`;
  expect(run(python, ['-W', 'error', '-c', script, 'long.xlsx'])).toBe('2001 thing 1999\n');
});

describe('a PDF', () => {
  test('has no fault that qpdf finds', () => {
    expect(run('qpdf', ['--check', 'sample.pdf'])).toContain('No syntax or stream encoding errors found');
  });

  test('has a structure that poppler reads out', () => {
    const info = run('pdfinfo', ['sample.pdf']);
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^Title: +Smith & Sons <Ltd>: Evidence of things$/m);
    const structure = run('pdfinfo', ['-struct-text', 'sample.pdf']);
    expect(structure).toMatch(/^Document "Smith & Sons <Ltd>: Evidence of things"/);
    for (const [element, words] of [
      ['H1', 'Smith & Sons <Ltd>'],
      ['H2', 'Things'],
      ['LBody', 'second'],
      ['TH', 'What'],
      ['TD', '=HYPERLINK'],
      ['TD', 'Zażółć gęślą jaźń'],
    ] as const)
      expect(structure, words).toMatch(
        new RegExp(`${element}[^"]*"${words.replaceAll(/[.*+?()[\\]/g, '.')}`),
      );
    expect(structure).not.toContain('Page 1 of');
  });

  test('embeds every font, and describes itself in XML that is well-formed', () => {
    const fonts = run('pdffonts', ['sample.pdf']).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(3);
    for (const font of fonts) expect(font).toMatch(/CID TrueType +Identity-H +yes yes yes/);
    const script = `
import subprocess, sys, xml.etree.ElementTree as tree
print(''.join(tree.fromstring(subprocess.run(['pdfinfo', '-meta', 'sample.pdf'], capture_output=True).stdout).itertext()))`;
    expect(run(python, ['-c', script])).toContain('Smith & Sons <Ltd>: Evidence of things');
  });

  test('is looked at without a complaint', () => {
    const drawn = spawnSync('pdftoppm', ['-r', '40', '-png', 'sample.pdf', 'page'], { cwd: folder });
    expect([drawn.status, drawn.stderr.toString()]).toEqual([0, '']);
  });
});

/** The most memory that a program took, in MiB. */
function memoryOf(made: string): number {
  const script = `
    const { xlsx } = await import('${program}exports/documents/xlsx-table.ts');
    const { surveyOf } = await import('${program}exports/documents/survey.ts');
    const { pageTable } = await import('${program}exports/documents/page-table.ts');
    const { pdf } = await import('${program}exports/documents/pdf/render.ts');
    const { documentOf, tableOf } = await import('${program}test/exports/documents/support.ts');
    const columns = ['source', 'id', 'name', 'reason'].map((key) => ({ key, title: key, type: 'text' }));
    const tableWith = (count) => ({ ...tableOf(columns, []), rows: function* () {
      for (let n = 0; n < count; n += 1)
        yield { cells: ['github', 'user-' + n, 'Person Number ' + n, 'a reason that is a sentence of some words'],
          evidence: [{ dataset: 'github/members', artifact: '3f'.repeat(32), pointer: '/' + n }] };
    } });
    ${made}
    console.log(process.resourceUsage().maxRSS);`;
  return Number(run(process.execPath, ['--input-type=module', '--eval', script])) / 1024;
}

test('memory does not grow with the rows of a workbook, and stays in bounds for the longest table on pages', () => {
  const sheet = (count: number) =>
    memoryOf(`const table = tableWith(${count}); let bytes = 0;
      for (const chunk of xlsx([{ table, survey: surveyOf(table) }])) bytes += chunk.length;`);
  const page = (count: number) =>
    memoryOf(
      `pdf(documentOf([pageTable(tableWith(${count}), { rows: ${count}, cap: ${count}, heads: 'id', whole: 'x' })]));`,
    );
  const measured = { sheet: [sheet(1_000), sheet(100_000)], pages: [page(2_000), page(20_000)] } as const;
  const shown = Object.entries(measured).map(
    ([what, [few, many]]) => `${what}: ${few.toFixed(0)} to ${many.toFixed(0)} MiB`,
  );
  process.stdout.write(`| documents: ${shown.join(', ')}\n`);
  expect(measured.sheet[1] - measured.sheet[0]).toBeLessThan(100);
  expect(measured.pages[0]).toBeLessThan(300);
});
