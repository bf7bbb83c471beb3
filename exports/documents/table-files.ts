import type { PacketFile } from '../exporter.ts';
import type { Content } from '../content.ts';
import { csvLines } from '../csv.ts';
import { json, ndjson } from './json-table.ts';
import { metaOf } from './meta.ts';
import { surveying, surveyOf, type Survey } from './survey.ts';
import { cellsOf, columnsOf, textOf, type Cell, type Table } from './table.ts';
import { xlsx } from './xlsx-table.ts';

/** The rows are gone through once for each form, and for the survey where nobody else went through them before. */
class Rows {
  readonly table: Table;
  #survey: Survey | null = null;

  constructor(table: Table) {
    this.table = table;
  }

  get survey(): Survey {
    return (this.#survey ??= surveyOf(this.table));
  }

  *cells(): Iterable<readonly Cell[]> {
    if (this.#survey) yield* cellsOf(this.table);
    else this.#survey = yield* surveying(this.table);
  }
}

/** The forms that a table can have as a file, by the ending of its name. */
const forms = {
  csv: (rows: Rows) => () => csvOf(rows),
  xlsx: (rows: Rows) => () => xlsx([rows]),
  json: ({ table }: Rows) => json(table),
  ndjson:
    ({ table }: Rows) =>
    () =>
      ndjson(table),
  'meta.json': (rows: Rows) => () => [`${JSON.stringify(metaOf(rows.table, rows.survey), null, 1)}\n`],
} as const satisfies Readonly<Record<string, (rows: Rows) => Content>>;

/** The table as files beside each other, such as `data/people/accounts.csv` for the path `data/people/accounts`. */
export function* tableFiles(
  table: Table,
  path: string,
  wanted: readonly (keyof typeof forms)[],
): Iterable<PacketFile> {
  const rows = new Rows(table);
  for (const form of wanted) yield { path: `${path}.${form}`, content: forms[form](rows) };
}

function csvOf(rows: Rows): Iterable<string> {
  const plain = function* () {
    for (const cells of rows.cells())
      yield cells.map((cell) => (typeof cell === 'object' && cell !== null ? textOf(cell) : cell));
  };
  return csvLines(
    columnsOf(rows.table).map(({ key }) => key),
    plain(),
  );
}
