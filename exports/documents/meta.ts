import type { Survey } from './survey.ts';
import { columnsOf, type Table } from './table.ts';

/** What stands beside a table: how it was extracted, what its columns are, and what of it some form could not hold as it is. */
export function metaOf(table: Table, { rows, formulas, tooLong, marked }: Survey): Record<string, unknown> {
  const { id, title, cites, extraction } = table;
  const { kind, asOf, timeZone, completeness, limits, notes, readings } = extraction;
  return {
    kind,
    table: id,
    title,
    rows,
    asOf,
    timeZone,
    completeness,
    limits,
    notes: [
      ...notes,
      'Empty: nothing speaks of it. «unknown: …» says why the source did not tell.',
      'Cells of the CSV that a spreadsheet would read as a formula have an apostrophe before them; the JSON holds what was.',
    ],
    evidence:
      cites === true ? 'each row names where it was read, as dataset artifact#pointer' : cites.restsOn,
    altered: {
      apostropheInCsv: formulas,
      cutInXlsx: tooLong,
      marksShownOnPages: marked,
    },
    columns: columnsOf(table).map(({ key, title: name, type, values }) => ({
      key,
      title: name,
      type,
      ...(values && { values }),
    })),
    readings,
  };
}

/** The same as rows of two cells, for a sheet. */
export function* metaRows(
  meta: unknown,
  path: readonly string[] = [],
): Iterable<readonly [string, string | number]> {
  if (typeof meta === 'object' && meta !== null) {
    const entries = Object.entries(meta);
    if (entries.length === 0) yield [path.join(' · '), 'none'];
    for (const [name, value] of entries)
      yield* metaRows(value, [...path, Array.isArray(meta) ? String(Number(name) + 1) : name]);
  } else
    yield [
      path.join(' · '),
      typeof meta === 'number'
        ? meta
        : typeof meta === 'string'
          ? meta
          : meta === null
            ? 'none'
            : JSON.stringify(meta),
    ];
}
