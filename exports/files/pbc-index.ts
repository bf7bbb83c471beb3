import type { Column, Table } from '../documents/table.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { servedRequests, servings, type ServedRequest } from '../requests/served.ts';

/** Every request of auditors with what of this packet serves it, and who hands over the rest. */
export const pbcIndex: Exporter = (packet) =>
  tableFiles(tableOf(packet), 'data/pbc-index', ['csv', 'xlsx', 'ndjson', 'meta.json']);

const text = (key: string, title: string): Column => ({ key, title, type: 'text' });

const columns: readonly Column[] = [
  text('request', 'Request'),
  text('criteria', 'Criteria'),
  text('about', 'What is asked for, in our words'),
  {
    key: 'asks_for',
    title: 'Asked for',
    type: 'enum',
    values: ['a date', 'a period', 'a date and a period'],
  },
  {
    ...{ key: 'served', title: 'This packet serves it', type: 'enum', values: servings },
    tones: { served: 'good', 'in part': 'warn', 'not served': 'hand' },
  },
  text('causes', 'Not wholly, because'),
  text('why', 'Why'),
  text('covers', 'What is here'),
  text('files', 'Files'),
  text('tests', 'Tests behind it'),
  text('not_covered', 'Not covered'),
  text('left_to', 'Who hands over the rest'),
];

const asksFor = { date: 'a date', period: 'a period', both: 'a date and a period' } as const;
const list = (each: readonly string[]) => each.join(' | ');

function tableOf(packet: Packet): Table {
  const rows = servedRequests(packet);
  const { asOf, rehearsal } = packet.judgement;
  return {
    id: 'pbc-index',
    title: 'Every request of auditors with what of this packet serves it',
    columns,
    rows: () => rows.map((row) => ({ cells: cellsOf(row), evidence: [] })),
    cites: {
      restsOn: 'each row names the files of this packet that serve the request; those cite their evidence',
    },
    extraction: {
      ...{ kind: 'request', asOf, timeZone: 'UTC', readings: [] },
      completeness: {
        complete: true,
        check: `Each of ${rows.length} requests has one row, those that nothing here serves among them.`,
      },
      limits: [
        'Served: every list that is asked for was wholly read, every test behind it could be told, and nothing of it is known to lie outside. It does not say how the tests fare.',
        ...(rehearsal ? ['Read under a clock that was given: a rehearsal.'] : []),
      ],
      notes: [
        'Requests are in our words, under ids of ours. Whether a list of an auditor asks for the same is for whoever answers it.',
        'Files are named as .csv; most of them are there as .xlsx too. What ends with a slash is a folder.',
      ],
    },
  };
}

function cellsOf(row: ServedRequest) {
  const { id, references, about, asks, serving, causes, covers, files, tests, notCovered, leftTo } = row;
  const codes = [...new Set(causes.map(({ code }) => code))];
  return [
    ...[id, references.join(' '), about, asksFor[asks], serving, list(codes)],
    ...[list(causes.map((cause) => cause.text)), list(covers), list(files)],
    ...[
      list(tests.map(({ control, status, n, N }) => `${control}: ${status ?? 'not judged'}, ${n} of ${N}`)),
      list(notCovered),
      list(leftTo),
    ],
  ];
}
