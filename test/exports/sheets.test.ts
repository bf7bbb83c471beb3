import { strToU8, zipSync, type Zippable } from 'fflate';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { answeredCsv, answeredSheet, answeredXlsx } from '../../exports/sheets/answered-sheet.ts';
import { Mapping } from '../../exports/sheets/mapping.ts';
import { matchRows } from '../../exports/sheets/match.ts';
import { readCsv } from '../../exports/sheets/read-csv.ts';
import { readXlsx } from '../../exports/sheets/read-xlsx.ts';
import { xmlEvents } from '../../exports/sheets/xml.ts';
import type { Topic } from '../../exports/vendor/topics.ts';
import { sheetsOf } from './documents/read-xlsx.ts';

/* Sheets that customers send, and what people send who mean harm. */
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A workbook with these rows of XML in its sheets, as other programs write them: prefixes, shared texts and all. */
function workbookOf(
  sheets: Readonly<Record<string, string>>,
  { shared = [], more = {} }: { shared?: readonly string[]; more?: Zippable } = {},
): Uint8Array {
  const names = Object.keys(sheets);
  const parts: Zippable = {
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `${head}<x:workbook xmlns:x="main" xmlns:r="rel"><x:sheets>${names
        .map((name, n) => `<x:sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
        .join('')}</x:sheets></x:workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${names.map((_, n) => `<Relationship Id="rId${n + 1}" Target="worksheets/sheet${n + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    'xl/sharedStrings.xml': strToU8(`<sst>${shared.map((text) => `<si>${text}</si>`).join('')}</sst>`),
    ...Object.fromEntries(
      Object.values(sheets).map((rows, n) => [
        `xl/worksheets/sheet${n + 1}.xml`,
        strToU8(`${head}<worksheet><sheetData>${rows}</sheetData></worksheet>`),
      ]),
    ),
    ...more,
  };
  return zipSync(parts);
}

const inline = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** What is said where something is refused: one sentence. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
  return 'it was read';
}

describe('a workbook of somebody else', () => {
  test('is read by the texts of its cells, where they stand', () => {
    const bytes = workbookOf(
      {
        Cover: `<row r="1">${inline('A1', 'Welcome')}</row>`,
        Questions: `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><f>SUM(A1:A9)</f><v>12</v></c></row>
          <row r="4"><c r="B4" t="str"><f>HYPERLINK("http://x")</f><v>=cmd|' /C calc'!A0</v></c><c r="D4" t="b"><v>1</v></c></row>`,
      },
      { shared: ['<r><t>Is </t></r><r><t>mail &amp; more</t></r><rPh><t>yomi</t></rPh>'] },
    );
    expect(readXlsx(bytes)).toEqual([['Welcome']]);
    expect(readXlsx(bytes, 'Questions')).toEqual([
      [],
      ['Is mail & more', '', '12'],
      [],
      ['', "=cmd|' /C calc'!A0", '', 'TRUE'],
    ]);
    expect(refusal(() => readXlsx(bytes, 'Answers'))).toMatch(/has no sheet called Answers/);
  });

  test('that we wrote is read back', () => {
    const rows = [
      ['Id', 'Question'],
      ['1', 'a\u0007b _x0041_ <&>'],
      ['2', '=1+1'],
    ];
    const sheet = { beside: [], rows, titles: [] };
    expect(readXlsx(answeredXlsx(sheet, { title: 't', asOf: '2026-06-30T00:00:00Z', facts: [] }))).toEqual(
      rows,
    );
  });

  const row = (xml: string) => () => readXlsx(workbookOf({ One: xml }));
  const broken = (xml: string) => () =>
    readXlsx(workbookOf({ One: '' }, { more: { 'xl/worksheets/sheet1.xml': strToU8(xml) } }));
  const entity = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s>&x;</s>';
  const laughs = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><s>&b;</s>';

  test.each([
    ['no zip', () => readXlsx(strToU8('PK, or so it says')), /no plain workbook/],
    [
      'an old or protected workbook',
      () => readXlsx(Buffer.from('d0cf11e0a1b11ae1', 'hex')),
      /no plain workbook/,
    ],
    ['a bomb', broken(`<s>${' '.repeat(2 ** 26)}</s>`), /more than 64 MiB/],
    ['a document type that reads a file', broken(entity), /declares a type of document/],
    ['a document type that multiplies', broken(laughs), /declares a type of document/],
    ['an entity of nobody', row(inline('A1', '&nbsp;')), /entity/],
    ['a tag that is not closed', broken('<worksheet><sheetData>'), /cut off/],
    ['tags that cross', broken('<a><b></a></b>'), /not open/],
    ['two roots', broken('<a/><b/>'), /two roots/],
    ['an instruction', broken('<?xml-stylesheet href="http://x"?><a/>'), /a tag is broken/],
    ['tags without end', broken('<a>'.repeat(100)), /too deep/],
    ['a million rows', row(`<row r="1000000">${inline('A1000000', 'x')}</row>`), /more than 20000 rows/],
    ['columns without end', row(`<row r="1">${inline('XFD1', 'x')}</row>`), /more than 200 columns/],
    ['a text that is not there', row('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), /not there/],
    [
      'a sheet that is not there',
      () => readXlsx(zipSync({ 'xl/workbook.xml': strToU8('<w/>') })),
      /has no sheet/,
    ],
    [
      'one text in every cell',
      () =>
        readXlsx(
          workbookOf(
            {
              One: Array.from(
                { length: 3000 },
                (_, n) => `<row r="${n + 1}"><c r="A${n + 1}" t="s"><v>0</v></c></row>`,
              ).join(''),
            },
            { shared: [`<t>${'x'.repeat(30_000)}</t>`] },
          ),
        ),
      /16 million characters/,
    ],
    [
      'a sheet on another machine',
      () =>
        readXlsx(
          workbookOf(
            { One: '' },
            {
              more: {
                'xl/_rels/workbook.xml.rels': strToU8(
                  '<Relationships><Relationship Id="rId1" Target="http://x/sheet1.xml" TargetMode="External"/></Relationships>',
                ),
              },
            },
          ),
        ),
      /its sheet is elsewhere/,
    ],
    [
      'a part that is no UTF-8',
      () =>
        readXlsx(
          workbookOf({ One: '' }, { more: { 'xl/workbook.xml': new Uint8Array([0xff, 0xfe, 0x3c]) } }),
        ),
      /not UTF-8/,
    ],
  ])('is refused with one sentence: %s', (_, read, wanted) => {
    const said = refusal(read);
    expect(said).toMatch(wanted);
    expect(said).not.toContain('\n');
  });

  test('that claims to be smaller than it is, is refused', () => {
    const bytes = Buffer.from(workbookOf({ One: `<row r="1">${inline('A1', 'x'.repeat(5000))}</row>` }));
    const at = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    bytes.writeUInt32LE(100, at + 24);
    expect(refusal(() => readXlsx(bytes))).toMatch(/not read/);
  });
});

describe('XML', () => {
  test('is told as it stands, comments left out', () => {
    const events = [...xmlEvents('<a k="1 &lt; 2"><!-- no --><b/>x&#65;<![CDATA[<c>]]></a>')];
    expect(events.map((event) => ('text' in event ? event.text : `${event.type} ${event.name}`))).toEqual([
      ...['open a', 'open b', 'close b', 'xA', '<c>', 'close a'],
    ]);
  });
});

describe('a CSV', () => {
  test.each([',', ';', '\t'])('is read with cells parted by %j', (mark) => {
    expect(readCsv(strToU8(`\ufeffId${mark}Question\r\n1${mark}"a ""b""\nc"\r\n\r\n2\r\n`))).toEqual([
      ...[['Id', 'Question'], ['1', 'a "b"\nc'], [], ['2']],
    ]);
  });

  test.each([
    ['bytes that are no UTF-8', () => readCsv(new Uint8Array([0x49, 0xff, 0x41])), /not UTF-8/],
    ['UTF-16', () => readCsv(new Uint8Array([0x49, 0, 0x41, 0])), /not UTF-8/],
    ['a quote that is not closed', () => readCsv(strToU8('a,"b\n')), /CSV_QUOTE_NOT_CLOSED/],
    ['a million rows', () => readCsv(strToU8('a\n'.repeat(1_000_000))), /more than 20000 rows/],
  ])('is refused with one sentence: %s', (_, read, wanted) => {
    expect(refusal(read)).toMatch(wanted);
  });
});

const topic = (id: string, caiq: readonly string[], rest: Partial<Topic> = {}): Topic => ({
  ...{ id, about: `About ${id}`, caiq, answer: 'Yes', basis: 'measured', comment: `Comment of ${id}` },
  ...{ company: null, evidence: null, shareable: 'nda' },
  ...rest,
});
const topics = [
  topic('VEN-01', ['IAM-14.1']),
  topic('VEN-02', ['IAM-14.1', 'IAM-10.1'], { answer: 'No' }),
  topic('VEN-24', ['BCR-08.1'], { answer: null, basis: 'declined' }),
];
const mapping = (given: unknown) => Mapping.parse(given);
const grid = [
  ['A questionnaire of ours'],
  ['Ref', 'Question'],
  ['1.1', 'Do you use MFA?'],
  ['IAM-14.1', 'Strong authentication?'],
  ['VEN-24', 'Are there copies?'],
  ['1.2', 'Backups, and MFA for them?'],
  ['1.3', 'Is your MFAX good?'],
  ['', 'A heading'],
  ['1.4', '=HYPERLINK("http://x") Unicorns?'],
];

describe('rows of a customer', () => {
  const map = mapping({
    ...{ headerRow: 2, id: 'ref', question: 'Question', rows: { 1.4: 'VEN-01' } },
    keywords: [
      { topic: 'VEN-01', words: ['mfa'] },
      { topic: 'VEN-24', words: ['backups'] },
    ],
  });
  const matched = matchRows(grid, map, topics);

  test('are matched by the mapping, by ids of ours and of CAIQ, then by words, and else by nothing', () => {
    expect(matched.map(({ row, topics: found, by }) => [row, found.map(({ id }) => id).join(), by])).toEqual([
      [2, 'VEN-01', 'words that the mapping names'],
      [3, 'VEN-01,VEN-02', 'CAIQ id IAM-14.1'],
      [4, 'VEN-24', 'topic id'],
      [5, '', 'words of several topics: VEN-01, VEN-24'],
      [6, '', 'nothing'],
      [8, 'VEN-01', 'mapped by its id'],
    ]);
  });

  test('get answers beside them, the worst of several, in CSV and XLSX alike, and nothing is a formula', () => {
    const sheet = answeredSheet(grid, map, matched, '2026-06-30T00:00:00Z');
    const rows: string[][] = parse(answeredCsv(sheet));
    expect(rows.map((cells) => cells.slice(2, 4))).toEqual([
      ['', ''],
      ['Answer (draft)', 'Basis'],
      ['Yes', 'measured'],
      ['No', 'measured'],
      ['', 'declined'],
      ['', 'company to answer'],
      ['', 'company to answer'],
      ['', ''],
      ['Yes', 'measured'],
    ]);
    expect(rows[3]?.slice(4, 6)).toEqual([
      'Comment of VEN-02',
      'VEN-01: About VEN-01 | VEN-02: About VEN-02',
    ]);
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    const [answers, about] = sheetsOf(
      answeredXlsx(sheet, { title: 't', asOf: '2026-06-30T00:00:00Z', facts: [['a', 'b']] }),
    );
    expect([answers?.name, about?.name]).toEqual(['answers', 'about']);
    expect(answers?.xml).not.toMatch(/<f[ >]/);
    expect(answers?.rows[8]?.[1]).toMatchObject({
      type: 'inlineStr',
      value: '=HYPERLINK("http://x") Unicorns?',
    });
  });

  test('are not read by a column that is not there, or there twice', () => {
    expect(refusal(() => matchRows(grid, mapping({ id: 'Number' }), topics))).toMatch(
      /has 0 columns called Number/,
    );
    expect(refusal(() => matchRows([['Id', 'id']], mapping({ id: 'ID' }), topics))).toMatch(/has 2 columns/);
  });
});

test('a mapping names topics that there are', () => {
  expect(Mapping.safeParse({ rows: { a: 'VEN-99' } }).error?.issues[0]?.message).toBe(
    'there is no topic of this id',
  );
  expect(Mapping.safeParse({ keywords: [{ topic: 'VEN-01', words: ['x'] }] }).success).toBe(false);
});
