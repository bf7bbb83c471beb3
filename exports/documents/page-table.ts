import type { Citation } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Block, Text } from './document.ts';
import { evidenceColumn, textOf, type Cell, type Column, type Row, type Table } from './table.ts';

/** How many rows a page table has at most: nobody reads more, and each takes room in the structure that is read out. */
const usualCap = 2000;

interface PageOptions {
  /** How many rows the table has: a survey counts them. */
  readonly rows: number;
  readonly cap?: number;
  /** Which columns, by key, where pages have no room for all. */
  readonly columns?: readonly string[];
  /** Which column names what a row is about. */
  readonly heads: string;
  /** The file that has every row and column, as the sentence names it. */
  readonly whole: string;
}

/** A table as pages show it: some columns, the first rows, and a sentence that says where the others are. */
export function pageTable(
  table: Table,
  { rows: total, cap = usualCap, columns: keys, heads, whole }: PageOptions,
): Block {
  const picked = [...table.columns.entries()].filter(([, { key }]) => keys?.includes(key) ?? true);
  const cites = table.cites === true;
  const columns = [...picked.map(([, column]) => column), ...(cites ? [evidenceColumn] : [])];
  const left = table.columns.length - picked.length;
  return {
    type: 'table',
    columns: columns.map(({ key, title, type }) => ({
      title,
      ...(type === 'number' && { align: 'right' as const }),
      ...(key === heads && { heads: true }),
    })),
    rows: function* () {
      for (const { cells, evidence } of first(table.rows(), cap))
        yield [
          ...picked.map(([n, column]) => shown(cells[n] ?? null, column)),
          ...(cites ? [places(evidence)] : []),
        ];
    },
    ...(total > cap
      ? { more: `The first ${cap} of ${total} rows are shown here. Every row is in ${whole}.` }
      : left > 0
        ? { more: `${left} further columns are in ${whole}.` }
        : {}),
  };
}

function* first(rows: Iterable<Row>, cap: number): Iterable<Row> {
  let count = 0;
  for (const row of rows) {
    if (count === cap) return;
    count += 1;
    yield row;
  }
}

function shown(cell: Cell, { tones }: Column): Text {
  if (isUnknown(cell)) return [{ text: textOf(cell), style: 'soft' }];
  const text = textOf(cell);
  const tone = tones?.[text];
  return tone === undefined ? text : [{ text, style: tone }];
}

/** Where a row was read, short enough for a page: the digest up to where it tells artifacts apart; the tables have it whole. */
function places([place, ...others]: readonly Citation[]): Text {
  if (!place) return '';
  const { dataset, artifact, pointer } = place;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [{ text: `${dataset} ${artifact.slice(0, 12)}…#${pointer}`, style: 'code' }, more];
}
