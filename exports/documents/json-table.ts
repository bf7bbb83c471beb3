import type { Cell, Row, Table } from './table.ts';

/** A line a row, each an object by the keys of its columns: what the other forms are held against. */
export function* ndjson(table: Table): Iterable<string> {
  for (const row of table.rows()) yield `${JSON.stringify(objectOf(table, row))}\n`;
}

/** The same as one document, with the meaning of its columns. */
export function json(table: Table): string {
  const { id, title, columns, extraction } = table;
  const rows = [...table.rows()].map((row) => objectOf(table, row));
  return `${JSON.stringify({ table: id, title, asOf: extraction.asOf, columns, rows }, null, 1)}\n`;
}

function objectOf({ columns, cites }: Table, { cells, evidence }: Row): Record<string, unknown> {
  const said: Record<string, Cell> = {};
  for (const [n, { key }] of columns.entries()) said[key] = cells[n] ?? null;
  return cites === true ? { ...said, evidence } : said;
}
