import type { PacketFile } from '../exporter.ts';
import { csv } from '../csv.ts';
import { json, ndjson } from './json-table.ts';
import { metaOf } from './meta.ts';
import { surveyOf, type Survey } from './survey.ts';
import { cellsOf, columnsOf, textOf, type Table } from './table.ts';
import { xlsx } from './xlsx-table.ts';

/** The forms that a table can have as a file, by the ending of its name. */
const forms = {
  csv: (table: Table) => csvOf(table),
  xlsx: (table: Table, survey: Survey) => Buffer.concat([...xlsx([{ table, survey }])]),
  json: (table: Table) => json(table),
  ndjson: (table: Table) => [...ndjson(table)].join(''),
  'meta.json': (table: Table, survey: Survey) => `${JSON.stringify(metaOf(table, survey), null, 1)}\n`,
} as const satisfies Readonly<Record<string, (table: Table, survey: Survey) => PacketFile['content']>>;

/** The table as files beside each other, such as `data/people/accounts.csv` for the path `data/people/accounts`. */
export function* tableFiles(
  table: Table,
  path: string,
  wanted: readonly (keyof typeof forms)[],
): Iterable<PacketFile> {
  const survey = surveyOf(table);
  for (const form of wanted) yield { path: `${path}.${form}`, content: forms[form](table, survey) };
}

function csvOf(table: Table): string {
  const plain = function* () {
    for (const cells of cellsOf(table))
      yield cells.map((cell) => (typeof cell === 'object' && cell !== null ? textOf(cell) : cell));
  };
  return csv(
    columnsOf(table).map(({ key }) => key),
    plain(),
  );
}
