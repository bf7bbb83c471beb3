import { z } from 'zod';
import { kinds } from '../../evidence-model/kinds.ts';
import type { Kind } from '../../evidence-model/kind.ts';
import type { Cell, Column, Table } from '../documents/table.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter, Packet } from '../exporter.ts';
import type { Judgement } from '../judge.ts';
import { extractionOf, isSpokenOf } from './extraction-of.ts';

/** Where the table of a kind is, without its ending. */
export const populationPath = (kind: string) => `data/populations/${kind}`;

/** Whether a packet has a table of a kind that something was really read for. */
export function hasTable(judgement: Judgement, kind: string): boolean {
  return extractionOf(judgement, kind).readings.some(
    ({ records, outcome }) => records > 0 || outcome === 'complete',
  );
}

/** A table for each kind of thing that was read, and beside it how it was extracted and what is known to be missing. */
export const populations: Exporter = function* (packet) {
  for (const kind of kinds)
    if (isSpokenOf(packet.judgement, kind.name))
      yield* tableFiles(populationOf(packet, kind), populationPath(kind.name), [
        ...(['csv', 'xlsx', 'ndjson', 'meta.json'] as const),
      ]);
};

function populationOf({ judgement }: Packet, { name, fields }: Kind): Table {
  const keys = Object.keys(fields);
  return {
    id: name,
    title: `Everything of the kind «${name}» that was read`,
    columns: [
      { key: 'source', title: 'Source', type: 'text' },
      { key: 'id', title: 'Id', type: 'text' },
      ...Object.entries(fields).map(([key, schema]) => columnOf(key, schema)),
    ],
    rows: function* () {
      for (const { source, id, fields: known, citations } of judgement.subjects.of(name))
        if (source !== 'exhibit')
          yield {
            cells: [source, id, ...keys.map((key) => cellOf(known.get(key)?.value))],
            evidence: citations,
          };
    },
    cites: true,
    extraction: extractionOf(judgement, name),
  };
}

function cellOf(value: unknown): Cell {
  const isSaid = typeof value === 'object' || typeof value === 'string';
  return isSaid || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** What a field holds, as far as its schema tells it in general. */
function columnOf(key: string, schema: z.ZodType): Column {
  const title = titleOf(key);
  const told = z.toJSONSchema(schema, { unrepresentable: 'any' });
  const all = told.anyOf ?? [told];
  const one = all.map((each) => (typeof each === 'object' ? each : {}));
  if (one.some(({ format }) => format === 'date-time' || format === 'date'))
    return { key, title: `${title} (UTC)`, type: 'date-time' };
  if (one.some(({ type }) => type === 'number' || type === 'integer')) return { key, title, type: 'number' };
  if (told.type === 'boolean') return { key, title, type: 'boolean' };
  return told.enum
    ? { key, title, type: 'enum', values: told.enum.map(String) }
    : { key, title, type: 'text' };
}

/** `mfaRequiredBy` as people write it. */
function titleOf(key: string): string {
  const words = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
