import { digest } from '../../../evidence-model/digest.ts';
import type { Document } from '../../../exports/documents/document.ts';
import type { Cell, Column, Table } from '../../../exports/documents/table.ts';

/** Cells that somebody chose to break a spreadsheet, a page or a parser, with words of other scripts among them. */
export const hostile: Readonly<Record<string, string>> = {
  formula: '=HYPERLINK("https://example.invalid","click")',
  plus: '+1+2',
  minus: '-12',
  at: '@SUM(A1)',
  tab: '\tindented',
  return: '\rback',
  lines: 'one\r\ntwo\nthree',
  quotes: 'say "so", twice',
  markup: '<b>&amp;</b> ]]> <?xml?>',
  direction: 'invoice\u202egnp.exe',
  control: 'a\u0000b\u0007c\u001fd',
  escape: '_x0041_ is no A',
  lone: 'half \ud800 of a pair',
  word: `${'x'.repeat(2500)}/${'y'.repeat(2500)}`,
  chinese: '田中 太郎',
  hebrew: 'דוד כהן',
  polish: 'Zażółć gęślą jaźń',
  spaces: '  kept  ',
  empty: '',
};

export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  cites: Table['cites'] = true,
): Table {
  return {
    id: 'things',
    title: 'Things & more',
    columns,
    rows: () =>
      rows.map((cells, n) => ({
        cells,
        evidence: [{ dataset: 'plain/things', artifact: digest('answer'), pointer: `/${n}` }],
      })),
    cites,
    extraction: {
      ...{ kind: 'thing', asOf: '2026-05-04T02:31:00.000Z', timeZone: 'UTC' },
      completeness: { complete: true, check: 'every page came' },
      ...{ readings: [], limits: [], notes: [] },
    },
  };
}

export const hostileTable = tableOf(
  [
    { key: 'what', title: 'What', type: 'text' },
    { key: 'cell', title: 'Cell', type: 'text' },
  ],
  Object.entries(hostile),
);

export function documentOf(blocks: Document['blocks'], more: Partial<Document> = {}): Document {
  return {
    ...{ title: 'Smith & Sons <Ltd>', lead: 'Evidence of things', organization: 'Smith & Sons <Ltd>' },
    ...{ packet: digest('packet'), asOf: '2026-05-04T02:31:00.000Z', paper: 'a4' },
    standing: [{ mark: 'DRAFT', text: 'not released by a named officer of the company' }],
    blocks,
    ...more,
  };
}
