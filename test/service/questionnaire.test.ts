import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readXlsx } from '../../exports/sheets/read-xlsx.ts';
import { edit, filesOf, packedIn, resignedWith } from '../support/packet-files.ts';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit } from './support.ts';

let server: Awaited<ReturnType<typeof startPlain>>;

beforeEach(async () => {
  server = await startPlain();
});

afterEach(() => server.close());

const answered = (text: string, more = '') => `
answers:
  - { question: VEN-29, value: 'yes', text: ${JSON.stringify(text)}, answeredBy: Una Officer, answeredOn: 2026-01-01${more} }
`;

/** A folder in which one night was read, with a sheet and what maps it. */
async function read(
  more = '',
  sheet = 'Ref,Question\r\nSEF-03.1,A plan?\r\n7,=1+1 unicorns?\r\n',
): Promise<string> {
  const dir = await configured(server.url, more);
  expect((await exhibit(dir, ['collect'])).code).toBe(0);
  await writeFile(join(dir, 'sheet.csv'), sheet);
  await writeFile(join(dir, 'map.yaml'), 'id: Ref\nquestion: Question\n');
  return dir;
}

const answer = (dir: string, ...more: string[]) =>
  exhibit(dir, ['questionnaire', 'sheet.csv', '--map', 'map.yaml', ...more]);

describe('a sheet of a customer', () => {
  test('comes back with answers beside its rows, in both forms, and is itself left alone', async () => {
    const dir = await read(answered('Tried every spring', ', share: nda'));
    const before = await readFile(join(dir, 'sheet.csv'));
    const { code, stdout } = await answer(dir);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('2 rows ask something: 1 company states, 1 company to answer'),
    ]);
    expect(await readFile(join(dir, 'sheet.csv'))).toEqual(before);
    const rows: string[][] = parse(await readFile(join(dir, 'sheet-answered.csv')));
    expect(rows.map((cells) => cells.slice(0, 4))).toEqual([
      ['Ref', 'Question', 'Answer (draft)', 'Basis'],
      ['SEF-03.1', 'A plan?', 'Yes', 'company states'],
      ['7', "'=1+1 unicorns?", '', 'company to answer'],
    ]);
    const grid = readXlsx(await readFile(join(dir, 'sheet-answered.xlsx')));
    expect(grid[1]?.slice(0, 5)).toEqual(rows[1]?.slice(0, 5));
    expect(rows.flat().join()).not.toContain('Una Officer');
  });

  test('overwrites nothing', async () => {
    const dir = await read();
    expect((await answer(dir)).code).toBe(0);
    const again = await answer(dir);
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringMatching(/is there already: name another with --out/),
    ]);
    expect((await answer(dir, '--out', 'other')).code).toBe(0);
  });

  test('is not answered with a name', async () => {
    const dir = await read(answered('Ask Una Officer'));
    const { code, stderr } = await answer(dir);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^exhibit: the sheet was not answered: beside row 2 would stand Una Officer[^\n]*\n$/,
      ),
    ]);
    const packet = await exhibit(dir, ['packet', 'vendor-questionnaire']);
    expect([packet.code, packet.stderr]).toEqual([
      2,
      expect.stringMatching(/the packet for vendor-questionnaire was not built: .* would hold Una Officer/),
    ]);
  });

  test.each([
    ['a sheet that is not there', ['questionnaire', 'none.csv'], /there is no sheet at/],
    [
      'a mapping that is not there',
      ['questionnaire', 'sheet.csv', '--map', 'none.yaml'],
      /none\.yaml cannot be read/,
    ],
    [
      'a column that is not there',
      ['questionnaire', 'sheet.csv', '--map', 'other.yaml'],
      /0 columns called Number/,
    ],
    [
      'a topic that is not there',
      ['questionnaire', 'sheet.csv', '--map', 'wrong.yaml'],
      /wrong\.yaml line 1: rows\.1: there is no topic/,
    ],
    ['a sheet that is no workbook', ['questionnaire', 'broken.xlsx'], /no plain workbook/],
  ])('one sentence and 2: %s', async (_, args, wanted) => {
    const dir = await read();
    await writeFile(join(dir, 'other.yaml'), 'id: Number\n');
    await writeFile(join(dir, 'wrong.yaml'), "rows: { '1': VEN-99 }\n");
    await writeFile(join(dir, 'broken.xlsx'), 'PK and no more');
    const { code, stderr } = await exhibit(dir, args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^exhibit: [^\n]+\n$/);
    expect(stderr).toMatch(wanted);
  });
});

describe('a packet for a board', () => {
  test(
    'is compared with the last reading before the quarter, which its twin does not hold',
    { timeout: 60_000 },
    async () => {
      const dir = await configured(server.url);
      const on = (day: string) => ({ now: () => new Date(`${day}T12:00:00Z`) });
      expect((await exhibit(dir, ['collect'], on('2026-03-20'))).code).toBe(0);
      expect((await exhibit(dir, ['collect'], on('2026-05-20'))).code).toBe(0);
      const built = await exhibit(dir, ['packet', 'board', '--json'], on('2026-05-20'));
      const { path, privatePath } = JSON.parse(built.stdout) as { path: string; privatePath: string };
      expect(privatePath).toMatch(/_soc2-type1_2026-05-20_/);
      const args = ['verify', path, '--trust', 'trust', '--against', privatePath];
      const without = await exhibit(dir, args);
      expect(without.stdout).toMatch(/well {4}twin: \d+ pages and tables written again/);
      expect(without.stdout).toMatch(/how things stood on 2026-03-20: the evidence .* name the vault/);
      expect(without.code).toBe(3);
      const within = await exhibit(dir, [...args, '--vault', 'vault']);
      expect(within.stdout).toMatch(/well {4}before: how things stood on 2026-03-20 was judged again/);
      expect(within.code).toBe(0);
      const none = await exhibit(dir, [...args, '--vault', 'keys']);
      expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('there is no vault at')]);

      const files = await filesOf(path);
      edit(files, /before\.json$/, '"grade": "unknown"', '"grade": "safe"');
      const forged = await packedIn(dir, await resignedWith(files, join(dir, 'keys')));
      const better = await exhibit(dir, ['verify', forged, ...args.slice(2), '--vault', 'vault']);
      expect([better.code, better.stdout]).toEqual([
        4,
        expect.stringMatching(/FAILED {2}twin: data\/before\.json is not/),
      ]);

      const hidden = await filesOf(path);
      const before = JSON.parse(hidden.get('data/before.json')!.toString()) as object;
      hidden.set('data/before.json', Buffer.from(JSON.stringify({ ...before, reading: null })));
      const silent = await packedIn(dir, await resignedWith(hidden, join(dir, 'keys')));
      const unsaid = await exhibit(dir, ['verify', silent, ...args.slice(2)]);
      expect([unsaid.code, unsaid.stdout]).toEqual([4, expect.stringContaining('speaks of another reading')]);
    },
  );
});
