import type { Citation } from '../../evidence-model/subject.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';
import type { Extraction } from './extraction.ts';

/**
 * What one cell says. What is not known is a value of its own, in tables too; `null` says that there is nothing to say;
 * lists and what else has parts are read as JSON.
 */
export type Cell = string | number | boolean | null | Unknown | object;

/** How a reader should take a value, beside its word. It is never told by colour alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'hand' | 'mute';

export interface Column {
  /** What programs call it, in CSV and JSON: it stays the same. */
  readonly key: string;
  /** What people read above it. */
  readonly title: string;
  readonly type: 'text' | 'number' | 'date-time' | 'boolean' | 'enum';
  /** Of an enumeration: every word that it may hold, where that is known. */
  readonly values?: readonly string[];
  readonly tones?: Readonly<Record<string, Tone>>;
}

export interface Row {
  /** One for each column, in their order. */
  readonly cells: readonly Cell[];
  /** Where it was read. */
  readonly evidence: readonly Citation[];
}

/** A table before it has a form. Every form of it is made from this and nothing else, so that no two can disagree. */
export interface Table {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** The rows from the first on, as often as they are asked for: nobody has to hold them. */
  readonly rows: () => Iterable<Row>;
  /** Whether each row cites where it was read; if not, what the rows rest on. */
  readonly cites: true | { readonly restsOn: string };
  readonly extraction: Extraction;
}

/** The last column of every form of a table whose rows cite. */
export const evidenceColumn: Column = { key: 'evidence', title: 'Evidence', type: 'text' };

/** Every column that a form of the table has. */
export function columnsOf({ columns, cites }: Table): readonly Column[] {
  return cites === true ? [...columns, evidenceColumn] : columns;
}

/** Every cell that a form of the table has, those of evidence too. */
export function* cellsOf({ rows, cites }: Table): Iterable<readonly Cell[]> {
  for (const { cells, evidence } of rows())
    yield cites === true ? [...cells, evidence.map(placeOf).join(' | ')] : cells;
}

/** Where something was read, as one word of a table: what names the evidence of a row. */
export function placeOf({ dataset, artifact, pointer }: Citation): string {
  return `${dataset} ${artifact}#${pointer}`;
}

/** A cell as people read it. */
export function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return isUnknown(cell) ? `unknown: ${cell.unknown}` : JSON.stringify(cell);
}
