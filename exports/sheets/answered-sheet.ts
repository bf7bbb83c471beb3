import { csv } from '../csv.ts';
import { workbook } from '../documents/xlsx/workbook.ts';
import { longestCell } from '../documents/survey.ts';
import type { Basis } from '../basis.ts';
import type { Topic } from '../vendor/topics.ts';
import type { Grid } from './grid.ts';
import type { Mapping } from './mapping.ts';
import type { Matched } from './match.ts';

/** What is written beside a row. */
interface Beside {
  readonly row: number;
  readonly basis: Basis;
  readonly cells: readonly string[];
}

/** A customer's sheet with answers beside its rows, before it has a form. */
export interface AnsweredSheet {
  readonly beside: readonly Beside[];
  /** Every row, those of the customer first in each. */
  readonly rows: readonly (readonly string[])[];
  readonly titles: readonly string[];
}

const titles = [
  'Answer (draft)',
  'Basis',
  'Comment',
  'Topic that was answered',
  'As of (UTC)',
  'Matched by',
] as const;

/** From what keeps most from being answered to a yes. */
const order: readonly (readonly [Basis, Topic['answer']])[] = [
  ['to be settled', null],
  ['company to answer', null],
  ['declined', null],
  ['measured', 'No'],
  ['company states', 'No'],
  ['company states', null],
  ['measured', null],
  ['company states', 'NA'],
  ['measured', 'NA'],
  ['company states', 'Yes'],
  ['measured', 'Yes'],
];

const rank = ({ basis, answer }: Topic) => order.findIndex(([b, a]) => b === basis && a === answer);

/** Puts answers beside rows. Where several topics are asked for at once the worst of them answers. */
export function answeredSheet(
  grid: Grid,
  { headerRow }: Mapping,
  matched: readonly Matched[],
  asOf: string,
): AnsweredSheet {
  const beside = matched.map(({ row, topics, by }): Beside => {
    const [worst] = topics.toSorted((a, b) => rank(a) - rank(b));
    if (!worst) return { row, basis: 'company to answer', cells: ['', 'company to answer', '', '', '', by] };
    const asked = topics.map(({ id, about }) => `${id}: ${about}`).join(' | ');
    const cells = [worst.answer ?? '', worst.basis, worst.comment, asked, asOf, by];
    return { row, basis: worst.basis, cells };
  });
  const width = Math.max(0, ...grid.map((cells) => cells.length));
  const at = new Map(beside.map(({ row, cells }) => [row, cells]));
  const rows = grid.map((cells, row) => [
    ...Array.from({ length: width }, (_, n) => cells[n] ?? ''),
    ...(row === headerRow - 1 ? titles : (at.get(row) ?? titles.map(() => ''))),
  ]);
  return { beside, rows, titles };
}

/** As a CSV in which nothing is a formula. */
export function answeredCsv({ rows: [first = [], ...others] }: AnsweredSheet): string {
  return csv(first, others);
}

/** As a workbook in which every cell is text; `about` says what it is. */
export function answeredXlsx(
  { rows: [first = [], ...others] }: AnsweredSheet,
  about: {
    readonly title: string;
    readonly asOf: string;
    readonly facts: readonly (readonly [string, string])[];
  },
): Uint8Array {
  const width = (n: number) => {
    const longest = Math.max(...[first, ...others.slice(0, 500)].map((cells) => (cells[n] ?? '').length));
    return Math.min(60, Math.max(10, longest + 2));
  };
  const sheets = [
    {
      name: 'answers',
      columns: first.map((title, n) => ({
        ...{ title: title.slice(0, longestCell), type: 'text', width: width(n) },
        wrapped: true,
      })),
      rows: others,
    },
    {
      name: 'about',
      columns: [
        { title: 'What', type: 'text', width: 30 },
        { title: 'Said', type: 'text', width: 100, wrapped: true },
      ],
      rows: about.facts,
    },
  ];
  return Buffer.concat([...workbook(sheets, about)]);
}
