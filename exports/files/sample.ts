import type { Result } from '../../controls/result.ts';
import type { Block, Document } from '../documents/document.ts';
import type { Extraction } from '../documents/extraction.ts';
import { htmlDocument } from '../documents/html-document.ts';
import { pdf } from '../documents/pdf/render.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Column, Row, Table } from '../documents/table.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { selectionPath } from '../sample/selection.ts';
import type { Sample, SampledRow } from '../sample/sample.ts';
import { releasedBlocks } from './sign-off.ts';
import { code, file, heading, paragraph, startOf, toned } from './start-blocks.ts';
import { statuses } from './start-facts.ts';

/** The rows that an auditor chose of a table of another packet: as they stand there, what was judged of each, and where it was read. */
export const sampledRows: Exporter = function* (packet) {
  const { sample } = packet;
  if (!sample) throw new Error('a packet for sample was made without rows');
  const judged = judgedOf(packet, sample);
  const page = pageOf(packet, sample, judged);
  yield { path: '00_START_HERE.html', content: htmlDocument(page) };
  yield { path: '00_START_HERE.pdf', content: pdf(page) };
  yield { path: selectionPath, content: `${JSON.stringify(sample.selection, null, 1)}\n` };
  for (const table of [
    rowsTable(packet, sample),
    verdictsTable(packet, sample, judged),
    placesTable(packet, sample),
  ])
    yield* tableFiles(table, `data/${table.id}`, ['csv', 'xlsx', 'meta.json']);
};

type Verdict = Result['verdicts'][number] & { readonly control: string };
type Judged = ReadonlyMap<number, readonly Verdict[]>;

/** What was judged of the thing that each row is about, by the number of the row: where its table names source and id. */
function judgedOf({ judgement }: Packet, { header, rows }: Sample): Judged {
  const at = (...keys: readonly string[]) => header.findIndex((key) => keys.includes(key));
  const [source, id, control] = [at('source'), at('id', 'subject', 'account'), at('control')];
  const found = new Map<number, Verdict[]>(rows.map(({ n }) => [n, []]));
  if (source === -1 || id === -1) return found;
  const wanted = Map.groupBy(rows, ({ cells }) => `${cells[source] ?? ''}\n${cells[id] ?? ''}`);
  for (const { control: test, verdicts } of judgement.results)
    for (const verdict of verdicts)
      for (const { n, cells } of wanted.get(`${verdict.source}\n${verdict.subject}`) ?? [])
        if (control === -1 || cells[control] === test) found.get(n)?.push({ control: test, ...verdict });
  return found;
}

const text = (key: string, title: string): Column => ({ key, title, type: 'text' });
const row: Column = { key: 'row', title: 'Row', type: 'number' };

function rowsTable(packet: Packet, sample: Sample): Table {
  return {
    ...{ id: 'sample', title: 'The rows that were chosen, as their table has them' },
    columns: [row, ...sample.header.map((key) => text(key, key))],
    rows: () => sample.rows.map(({ n, cells }): Row => ({ cells: [n, ...cells], evidence: [] })),
    ...{ cites: { restsOn: 'the column evidence of the table' }, extraction: chosenFrom(packet, sample) },
  };
}

function verdictsTable(packet: Packet, sample: Sample, judged: Judged): Table {
  return {
    ...{ id: 'verdicts', title: 'What was judged of each row that was chosen' },
    columns: [
      row,
      text('control', 'Test'),
      { key: 'status', title: 'Status', type: 'enum' },
      text('reason', 'Reason'),
    ],
    rows: function* () {
      for (const [n, verdicts] of judged)
        for (const { control, status, reason, evidence } of verdicts)
          yield { cells: [n, control, status, reason], evidence };
    },
    ...{ cites: true, extraction: chosenFrom(packet, sample) },
  };
}

function placesTable(packet: Packet, sample: Sample): Table {
  return {
    ...{ id: 'places', title: 'Where each row that was chosen was read' },
    columns: [row, text('evidence', 'Evidence'), text('file', 'File of the packet that it was chosen from')],
    rows: function* () {
      for (const { n, evidence } of sample.rows)
        for (const { said, path } of evidence) yield { cells: [n, said, path], evidence: [] };
    },
    ...{ cites: { restsOn: 'the column evidence of the table' }, extraction: chosenFrom(packet, sample) },
  };
}

function chosenFrom({ judgement }: Packet, { selection, rows }: Sample): Extraction {
  const { population, parent } = selection;
  return {
    ...{ kind: 'sample', asOf: judgement.asOf, timeZone: 'UTC' },
    completeness: {
      complete: true,
      check: `${rows.length} of the ${population.rows} rows of ${population.path} were chosen, and each of them is here. Whether that table holds every row that it should is told there, in its .meta.json.`,
    },
    ...{ readings: [], limits: [] },
    notes: [`The table is in the packet with the tag manifest ${parent.tagmanifest} (${parent.profile}).`],
  };
}

function pageOf(packet: Packet, sample: Sample, judged: Judged): Document {
  const { population, parent, method, chosenBy } = sample.selection;
  return startOf(packet, [
    {
      type: 'facts',
      items: [
        [
          'Chosen from',
          [
            code(population.path),
            ` of ${population.rows} rows, in the packet `,
            code(parent.packet.slice(0, 16)),
            ` (${parent.profile})`,
          ],
        ],
        ['SHA-256 of that table', [code(population.sha256)]],
        ['Tag manifest of that packet', [code(parent.tagmanifest)]],
        ['Chosen by', chosenBy],
        [
          'How',
          method.by === 'rows'
            ? 'one by one, by their numbers'
            : ['by chance, from the seed ', code(method.seed)],
        ],
        ['Rows', sample.rows.map(({ n }) => n).join(', ')],
        [
          'As tables',
          [file('data/sample.csv'), ', ', file('data/verdicts.csv'), ', ', file('data/places.csv')],
        ],
      ],
    },
    paragraph(
      'That packet was made and signed before anything was chosen of it. Rows are counted from 1 below the header of the table, and shown as they stand there. Whether the table holds every row that it should is told beside it, in its .meta.json. Software collected these facts; they are not an audit opinion.',
    ),
    ...(method.by === 'seed' ? again(method, population.rows) : []),
    ...sample.rows.flatMap((each) => dossier(sample.header, each, judged.get(each.n) ?? [])),
    ...releasedBlocks(packet),
  ]);
}

/** How a shell chooses the same rows. */
function again({ seed, count }: { readonly seed: string; readonly count: number }, rows: number): Block[] {
  return [
    heading('To choose them again'),
    paragraph(
      'The SHA-256 of the seed, a line feed and the number of a row puts the rows in order, and the first are taken. With the seed in ',
      code('$SEED'),
      `, as it stands above (${Buffer.byteLength(seed)} bytes):`,
    ),
    paragraph(
      code(
        `for n in $(seq 1 ${rows}); do printf '%s\\n%s' "$SEED" $n | sha256sum | sed "s/-/$n/"; done | sort | head -n ${count} | awk '{ print $2 }' | sort -n`,
      ),
    ),
  ];
}

function dossier(header: readonly string[], each: SampledRow, verdicts: readonly Verdict[]): Block[] {
  const said = header.flatMap((key, at) => {
    const cell = each.cells[at] ?? '';
    return cell === '' || key === 'evidence' ? [] : [[key, cell] as const];
  });
  return [
    { type: 'break' },
    heading(`Row ${each.n}`),
    { type: 'facts', items: said },
    { type: 'heading', level: 3, text: 'What was judged of it' },
    verdicts.length === 0
      ? paragraph('No test is about it by its source and id.')
      : {
          type: 'table',
          columns: [{ title: 'Status' }, { title: 'Test', heads: true }, { title: 'Reason' }],
          rows: () =>
            verdicts.map(({ control, status, reason }) => [
              [toned(statuses[status].word, statuses[status].tone)],
              [code(control)],
              reason,
            ]),
        },
    { type: 'heading', level: 3, text: 'Where it was read' },
    each.evidence.length === 0
      ? paragraph('Its row names no place.')
      : {
          type: 'list',
          items: each.evidence.map(({ said: place, path }) => [
            code(path === null ? place : `${path} ${place.slice(place.indexOf('#'))}`),
            path === null ? '' : ` (${place.split(' ')[0] ?? ''})`,
          ]),
        },
  ];
}
