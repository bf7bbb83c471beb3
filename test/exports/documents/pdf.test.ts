import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { digest } from '../../../evidence-model/digest.ts';
import type { Block } from '../../../exports/documents/document.ts';
import { htmlDocument } from '../../../exports/documents/html-document.ts';
import { pageTable } from '../../../exports/documents/page-table.ts';
import { pdfText } from '../../../exports/documents/pdf/pdf-text.ts';
import { pdf } from '../../../exports/documents/pdf/render.ts';
import type { Column } from '../../../exports/documents/table.ts';
import { documentOf, hostile, hostileTable, tableOf } from './support.ts';

const blocks: Block[] = [
  { type: 'heading', level: 2, text: 'Part one' },
  { type: 'paragraph', text: ['Some ', { text: 'strong', style: 'strong' }, ' words'] },
  { type: 'facts', items: [['As of', 'a day']] },
  { type: 'list', items: ['first', 'second'] },
  { type: 'callout', title: 'Mind', text: 'this', tone: 'warn' },
  { type: 'heading', level: 3, text: 'Below it' },
  { type: 'sign', fields: ['Name', 'Date'] },
];
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const count = (text: string, what: RegExp) => [...text.matchAll(what)].length;

describe('a PDF', () => {
  const bytes = pdf(
    documentOf([...blocks, pageTable(hostileTable, { rows: 19, heads: 'what', whole: 'things.csv' })]),
  );
  const raw = latin(bytes);
  const said = pdfText(bytes);

  test('is tagged, in a language, with a title that is shown', () => {
    expect(raw).toMatch(/\/MarkInfo \d+ 0 R/);
    expect(raw).toMatch(/\/Marked true/);
    expect(raw).toMatch(/\/StructTreeRoot \d+ 0 R/);
    expect(raw).toMatch(/\/Lang \(en-GB\)/);
    expect(raw).toMatch(/\/DisplayDocTitle true/);
    expect(raw).toMatch(/\/ParentTree/);
    for (const type of [
      'Document',
      'H1',
      'H2',
      'H3',
      'P',
      'L',
      'LI',
      'Lbl',
      'LBody',
      'Table',
      'THead',
      'TBody',
    ])
      expect(raw, type).toMatch(new RegExp(`/S /${type}\\b`));
    expect(count(raw, /\/Scope \/Column/g)).toBe(3);
    expect(count(raw, /\/Scope \/Row/g)).toBe(Object.keys(hostile).length);
    expect(count(raw, /\/S \/TR\b/g)).toBe(Object.keys(hostile).length + 1);
  });

  test('has everything on its pages either read out or marked as of paper', () => {
    const pages = [...raw.matchAll(/\nstream\n(1 0 0 -1 [\s\S]*?)\nendstream/g)].map(
      ([, content = '']) => content,
    );
    expect(pages.length).toBeGreaterThan(2);
    for (const content of pages) {
      let depth = 0;
      for (const [operation] of content.matchAll(/\b(?:BDC|BMC|EMC|TJ|Tj|S|f)$/gm)) {
        if (operation === 'EMC') depth -= 1;
        else if (/^B/.test(operation)) depth += 1;
        else expect(depth, operation).toBe(1);
      }
      expect(depth).toBe(0);
    }
  });

  test('brings its fonts along, each with what its glyphs are', () => {
    expect(count(raw, /\/FontFile2 /g)).toBe(3);
    expect(count(raw, /\/ToUnicode /g)).toBe(3);
    expect(raw).not.toMatch(/\/BaseFont \/Helvetica/);
  });

  test('has bookmarks, and properties that stay well-formed', () => {
    expect(raw).toMatch(/\/Title \(Part one\)/);
    expect(raw).toMatch(/\/Title \(Below it\)/);
    expect(raw).toMatch(/\(Smith & Sons <Ltd>: Evidence of things\)/);
    expect(raw).toContain(
      '<rdf:li xml:lang="x-default">Smith &amp; Sons &lt;Ltd&gt;: Evidence of things</rdf:li>',
    );
    expect(raw).toMatch(/\/CreationDate \d+ 0 R/);
    expect(raw).toMatch(/\(D:20260504023100Z\)/);
  });

  test('says on each page what it is, of which packet and when, and where one is', () => {
    const pages = count(raw, /\/Type \/Page\b/g);
    for (const [what, times] of [
      ['Facts collected by software; not an audit opinion', pages],
      [`Packet ${digest('packet').slice(0, 16)} · as of 2026-05-04 02:31:00 UTC`, pages],
      ['DRAFT\n', pages],
      [`Page 1 of ${pages}\n`, 1],
      [`Page ${pages} of ${pages}\n`, 1],
    ] as const)
      expect(said.split(what).length - 1, what).toBe(times);
    expect(pdfText(pdf(documentOf(blocks, { standing: [] })))).not.toContain('DRAFT');
  });

  test('says what the page to scroll says', () => {
    const page = htmlDocument(documentOf(blocks));
    for (const words of [
      'Part one',
      'As of',
      'a day',
      'second',
      'Below it',
      'Mind',
      'not released by a named officer',
    ]) {
      expect(said).toContain(words);
      expect(page).toContain(words);
    }
    expect(page).not.toMatch(/<script|https?:|<Ltd>/);
    expect(page).toContain('Smith &amp; Sons &lt;Ltd&gt;');
  });

  test('shows hostile cells and obeys none', () => {
    expect(said).toContain(hostile['formula']);
    expect(said).toContain(hostile['markup']);
    expect(said).toContain('invoice\ufffdgnp.exe');
    expect(said).not.toContain('\u202e');
    expect(said).toContain('a\ufffdb\ufffdc\ufffdd');
  });

  test('shows what it has no letters for, says so, and keeps what it is for those who cannot see it', () => {
    expect(said).toContain('\ufffd\ufffd \ufffd\ufffd');
    expect(said).toContain(hostile['chinese']);
    expect(said).toMatch(/\d+ characters of this document are in none of its fonts and are shown as \ufffd/);
    expect(said).toMatch(/\d+ control characters or marks of direction stand in what is quoted here/);
    expect(pdfText(pdf(documentOf(blocks)))).not.toMatch(/in none of its fonts|marks of direction/);
  });

  test('keeps a word of 5,000 letters whole, over lines and pages', () => {
    const text = said.replaceAll('\n', '');
    expect(text).toContain('x'.repeat(2500));
    expect(text).toContain('y'.repeat(1000));
  });

  test('draws nothing beyond its margins', () => {
    for (const paper of ['a4', 'letter'] as const) {
      const [width, height] = paper === 'a4' ? [595.28, 841.89] : [612, 792];
      const content = latin(
        pdf(documentOf([pageTable(hostileTable, { rows: 19, heads: 'what', whole: 'x' })], { paper })),
      );
      expect(content).toContain(`/MediaBox [0 0 ${width} ${height}]`);
      for (const [, x, y] of content.matchAll(/^1 0 0 1 ([\d.]+) ([\d.]+) Tm$/gm)) {
        expect(Number(x)).toBeGreaterThanOrEqual(54);
        expect(Number(x)).toBeLessThan(width - 54);
        expect(Number(y)).toBeGreaterThan(25);
        expect(Number(y)).toBeLessThan(height - 25);
      }
    }
  });
});

describe('a table on pages', () => {
  const columns: Column[] = [
    { key: 'name', title: 'Name', type: 'text' },
    { key: 'state', title: 'State', type: 'enum', tones: { fail: 'bad' } },
    { key: 'count', title: 'Count', type: 'number' },
  ];
  const table = tableOf(
    columns,
    Array.from({ length: 120 }, (_, n) => [`thing-${n}`, n % 2 ? 'fail' : 'pass', n]),
  );

  test('ends where it is capped, and says before and behind it where the rest is', () => {
    const sentence = 'The first 90 of 120 rows are shown here. Every row is in data/things.xlsx.';
    const said = pdfText(
      pdf(documentOf([pageTable(table, { rows: 120, cap: 90, heads: 'name', whole: 'data/things.xlsx' })])),
    );
    expect(said).toContain('thing-89\n');
    expect(said).not.toContain('thing-90\n');
    expect(said.split(sentence)).toHaveLength(3);
    expect(said.indexOf(sentence)).toBeLessThan(said.indexOf('thing-0\n'));
  });

  test('has its header on each page, read out once', () => {
    const bytes = pdf(documentOf([pageTable(table, { rows: 120, heads: 'name', whole: 'x' })]));
    const pages = count(latin(bytes), /\/Type \/Page\b/g);
    expect(pages).toBeGreaterThan(2);
    expect(pdfText(bytes).split('Count\n').length - 1).toBe(pages);
    expect(count(latin(bytes), /\/Scope \/Column/g)).toBe(4);
  });

  test('gives every row its evidence, and every word its mark', () => {
    const said = pdfText(pdf(documentOf([pageTable(table, { rows: 120, heads: 'name', whole: 'x' })])));
    for (let n = 0; n < 120; n += 1)
      expect(said).toContain(`plain/things ${digest('answer').slice(0, 12)}…#/${n}`);
    expect(said).toMatch(/✕.fail\n/);
  });
});

test('the same document gives the same bytes, whatever the process did before and wherever it runs', () => {
  const program = `
    import { createHash } from 'node:crypto';
    const { pdf } = await import('./exports/documents/pdf/render.ts');
    const { xlsx } = await import('./exports/documents/xlsx-table.ts');
    const { surveyOf } = await import('./exports/documents/survey.ts');
    const { pageTable } = await import('./exports/documents/page-table.ts');
    const { documentOf, hostileTable } = await import('./test/exports/documents/support.ts');
    const make = () => [
      pdf(documentOf([pageTable(hostileTable, { rows: 19, heads: 'what', whole: 'x' })])),
      Buffer.concat([...xlsx([{ table: hostileTable, survey: surveyOf(hostileTable) }])]),
    ];
    if (process.env.BEFORE) pdf(documentOf([{ type: 'paragraph', text: 'Other words \\u00a0 before: \\u2126 \\u03a9 כהן ﬁ' }]));
    for (const bytes of make()) console.log(createHash('sha256').update(bytes).digest('hex'));`;
  const run = (env: Record<string, string>) =>
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      env: { ...process.env, ...env },
    }).toString();
  const first = run({ TZ: 'UTC' });
  expect(first).toMatch(/^[0-9a-f]{64}\n[0-9a-f]{64}\n$/);
  expect(run({ TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', BEFORE: '1' })).toBe(first);
  expect(run({ TZ: 'America/St_Johns' })).toBe(first);
});
