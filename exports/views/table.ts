import { ranking } from '../../controls/finding.ts';
import type { Cell, Column, Table } from '../documents/table.ts';
import type { Packet } from '../exporter.ts';
import { statuses } from '../files/start-facts.ts';
import { toldBy, type View, type Viewed } from './requirements.ts';

export const text = (key: string, title: string): Column => ({ key, title, type: 'text' });
const count = (key: string, title: string): Column => ({ key, title, type: 'number' });

/** What every table of a view says of how it came to be. */
export function viewTable(
  { judgement }: Packet,
  kind: string,
  {
    title,
    columns,
    rows,
    check,
    limits = [],
  }: {
    readonly title: string;
    readonly columns: readonly Column[];
    readonly rows: readonly (readonly Cell[])[];
    readonly check: string;
    readonly limits?: readonly string[];
  },
): Table {
  return {
    ...{ id: kind, title, columns },
    rows: () => rows.map((cells) => ({ cells, evidence: [] })),
    cites: {
      restsOn:
        'tests of these names in the packet with all evidence that this one is sealed to, which stays with the company',
    },
    extraction: {
      ...{ kind, asOf: judgement.asOf, timeZone: 'UTC', readings: [] },
      completeness: { complete: true, check },
      limits: [
        ...limits,
        ...(judgement.rehearsal ? ['Read under a clock that was given: a rehearsal.'] : []),
      ],
      notes: ['A requirement has no result: tests that bear on it do. A test may bear on several.'],
    },
  };
}

/** Each requirement with what tests tell of it, and beside that what a view adds. */
export function requirementTable(
  packet: Packet,
  { framework: { title }, requirements }: View,
  {
    kind,
    columns,
    cellsOf,
  }: {
    readonly kind: string;
    readonly columns: readonly Column[];
    readonly cellsOf: (requirement: Viewed) => readonly Cell[];
  },
): Table {
  return viewTable(packet, kind, {
    title: `${title}, each requirement with the tests that bear on it`,
    columns: [
      text('id', 'Id'),
      text('group', 'Group'),
      text('about', 'About, in our words'),
      text('told', 'What tests tell'),
      count('tests', 'Tests'),
      ...ranking.map((status) => count(status.replaceAll('-', '_'), statuses[status].word)),
      text('counts', 'Counts by test'),
      ...columns,
    ],
    rows: requirements.map((requirement) => {
      const { id, group, about, tests } = requirement;
      return [
        ...[id, group.title, about, toldBy(tests), tests.length],
        ...ranking.map((status) => tests.filter((test) => test.status === status).length),
        tests
          .map(
            ({ control, status, population: { pass, total } }) =>
              `${control}: ${status}, ${pass} of ${total}`,
          )
          .join(' | '),
        ...cellsOf(requirement),
      ];
    }),
    check: `Each of ${requirements.length} requirements has one row, those that nothing tests among them.`,
  });
}
