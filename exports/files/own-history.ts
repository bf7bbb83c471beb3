import type { Block, Document } from '../documents/document.ts';
import type { Extraction } from '../documents/extraction.ts';
import { htmlDocument } from '../documents/html-document.ts';
import { moment } from '../documents/moment.ts';
import { pdf } from '../documents/pdf/render.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Table } from '../documents/table.ts';
import type { Exporter, Packet } from '../exporter.ts';
import type { OwnHistory } from '../own/own-history.ts';
import { code, file, heading, paragraph, startOf } from './start-blocks.ts';

/** How many of the newest changes stand on the pages themselves. */
const most = 40;

/** What was done to Exhibit itself: keys, programs, rules, timetables, packets. The tool is a system that an auditor asks about, too. */
export const ownHistory: Exporter = function* (packet) {
  const page = pageOf(packet, packet.own);
  yield { path: 'data/exhibit/about.html', content: htmlDocument(page) };
  yield { path: 'data/exhibit/about.pdf', content: pdf(page) };
  yield* tableFiles(changesTable(packet), 'data/exhibit/changes', ['csv', 'xlsx', 'meta.json']);
};

function changesTable({ judgement, own }: Packet): Table {
  return {
    id: 'changes',
    title: 'What was done to Exhibit itself, and by it beside reading',
    columns: [
      { key: 'at', title: 'At (UTC)', type: 'date-time' },
      { key: 'line', title: 'Line of the ledger', type: 'number' },
      { key: 'what', title: 'What', type: 'text' },
      { key: 'said', title: 'Which', type: 'text' },
    ],
    rows: () =>
      own.changes.map(({ t, line, what, said }) => ({ cells: [t, line, what, said], evidence: [] })),
    cites: {
      restsOn: 'the line of ledger/ledger.jsonl, counted from 0, and of programs the manifest that it names',
    },
    extraction: extraction(judgement.asOf),
  };
}

function extraction(asOf: string): Extraction {
  return {
    ...{ kind: 'own-history', asOf, timeZone: 'UTC' },
    completeness: {
      complete: true,
      check:
        'Every line of the ledger up to the checkpoint of this packet was gone through, and the manifest of every reading.',
    },
    ...{ readings: [], limits: [] },
    notes: [
      'Nights that were read or missed, and checkpoints that others keep, are in data/coverage and data/stamps.csv, and counted on the page beside this.',
    ],
  };
}

function pageOf(packet: Packet, own: OwnHistory): Document {
  return {
    ...startOf(packet, blocksOf(packet, own)),
    lead: 'About Exhibit itself: what read, judged and signed, and what was changed of it',
  };
}

function blocksOf({ judgement, authorities, exporter }: Packet, own: OwnHistory): Block[] {
  const { changes, programs, keysSince, rules, counts } = own;
  const newest = new Map(programs.map((each) => [each.collector, each]));
  return [
    {
      type: 'facts',
      items: [
        ...[...newest.values()].map(
          ({ collector, version, code: digest, since }) =>
            [
              `Reads ${collector}`,
              ['version ', version, ', code ', code(digest.slice(0, 16)), `, since ${moment(since)}`],
            ] as const,
        ),
        [
          'Judges',
          [
            'rules ',
            code(judgement.rules.slice(0, 16)),
            `, first used ${moment(rules.since)}; ${rules.before} other sets judged before`,
          ],
        ],
        ['Writes packets', ['code ', code(exporter.slice(0, 16))]],
        [
          'Keys',
          `sign since ${moment(keysSince)}, ${daysBetween(keysSince, judgement.asOf)} days before this packet speaks`,
        ],
        ['Time stamps', authorities.length === 0 ? 'nobody stamps' : `by ${authorities.join(', ')}`],
        ['Kept by others', `${counts.kept} checkpoints were kept, ${counts.notKept} could not be`],
        [
          'Ended otherwise',
          `${counts.interrupted} slots were interrupted; ${counts.torn} times the ledger was mended after an end that was not clean`,
        ],
        [
          'Checked',
          `the whole vault ${counts.checked + counts.unsound} times, ${counts.unsound} of them it was not sound`,
        ],
        ['Packets', `${counts.made} were made before this one, ${counts.released} released`],
        [
          'Administrators',
          'Exhibit keeps no list of who administers it: whoever may write to its folder or holds the token of its service does. The company names them',
        ],
        ['Image', 'from which image it ran is not recorded; the code above is told by digest'],
      ],
    },
    heading(changes.length > most ? `The newest ${most} of ${changes.length} changes` : 'Changes'),
    paragraph('All of them: ', file('data/exhibit/changes.csv'), '. Each is a line of the signed ledger.'),
    {
      type: 'table',
      columns: [{ title: 'At' }, { title: 'What', heads: true }, { title: 'Which' }],
      rows: () =>
        changes
          .slice(-most)
          .toReversed()
          .map(({ t, what, said }) => [moment(t), what, [code(said)]]),
    },
  ];
}

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));
}
