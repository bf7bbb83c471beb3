import { kinds } from '../../evidence-model/kinds.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { csv } from '../csv.ts';
import type { Exporter, Packet, PacketFile } from '../exporter.ts';

/** A table for each kind of thing that was read, and beside it how it was extracted and what is known to be missing. */
export const populations: Exporter = (packet) =>
  kinds.flatMap(({ name, fields }): PacketFile[] => {
    const subjects = packet.judgement.subjects.of(name).filter(({ source }) => source !== 'exhibit');
    if (readingsOf(packet, name).length === 0) return [];
    const columns = Object.keys(fields);
    return [
      {
        path: `data/populations/${name}.csv`,
        text: csv(
          ['source', 'id', ...columns, 'evidence'],
          subjects.map(({ source, id, fields: known, citations }) => [
            source,
            id,
            ...columns.map((column) => cell(known.get(column)?.value)),
            citations
              .map(({ dataset, artifact, pointer }) => `${dataset} ${artifact}#${pointer}`)
              .join(' | '),
          ]),
        ),
      },
      {
        path: `data/populations/${name}.meta.json`,
        text: `${JSON.stringify(metaOf(packet, name, subjects.length), null, 1)}\n`,
      },
    ];
  });

function cell(value: unknown): string | number | boolean | null {
  if (value === undefined) return null;
  if (isUnknown(value)) return `unknown: ${value.unknown}`;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}

/** The readings that speak of a kind: the newest, and of logs the earlier ones too that are judged. */
function readingsOf({ judgement }: Packet, kind: string) {
  return [...judgement.earlier, ...judgement.datasets].filter(
    ({ snapshot }) => snapshot && kind in snapshot.header.kinds,
  );
}

function metaOf(packet: Packet, kind: string, rows: number) {
  const readings = readingsOf(packet, kind);
  return {
    kind,
    rows,
    timeZone: 'UTC',
    note: 'Cells that a spreadsheet would read as a formula have an apostrophe before them. Empty: no dataset speaks of it.',
    readings: readings.flatMap(({ snapshot, digest, reasons }) =>
      snapshot
        ? [
            {
              source: snapshot.header.source,
              dataset: snapshot.header.dataset,
              title: snapshot.header.title,
              snapshot: digest,
              scope: snapshot.header.scope,
              permissions: snapshot.header.permissions,
              startedAt: snapshot.header.startedAt,
              endedAt: snapshot.end.endedAt,
              requests: snapshot.end.requests,
              items: snapshot.end.items,
              records: snapshot.end.records,
              rejects: snapshot.end.rejects,
              independentCount: snapshot.end.expected,
              outcome: snapshot.end.outcome,
              limits: [...snapshot.end.reasons, ...reasons].map(({ text }) => text),
              requestsAndAnswers: 'every request with its answer is a line of the snapshot',
            },
          ]
        : [],
    ),
  };
}
