import type { Block, Span, Text } from '../../documents/document.ts';
import type { Packet } from '../../exporter.ts';
import { exceptionsOf, type ExceptionFacts } from '../../insurer/exceptions.ts';
import { code, count, countColumns, heading, paragraph, toned } from '../start-blocks.ts';
import { statuses } from '../start-facts.ts';

const standings = {
  'in force': { word: 'In force', tone: 'warn' },
  ended: { word: 'Ended', tone: 'mute' },
  'not begun': { word: 'Not begun', tone: 'mute' },
} as const;

/** What was accepted, by class: never for whom, and never in words that somebody wrote. */
export function exceptionBlocks({ judgement }: Packet): Block[] {
  const all = exceptionsOf(judgement);
  return [
    heading('Exceptions, by class'),
    paragraph(
      all.length === 0
        ? 'There are no exceptions on record.'
        : `${all.length} ${all.length === 1 ? 'exception is' : 'exceptions are'} on record. One counts only while it is in force, and only while the test of what protects instead passes, where one is named.`,
    ),
    ...(all.length === 0 ? [] : [tableOf(all)]),
  ];
}

function tableOf(all: readonly ExceptionFacts[]): Block {
  return {
    type: 'table',
    columns: [
      { title: 'Class, and why', heads: true },
      { title: 'Test' },
      ...countColumns(['Accepted for', 'Counts today']),
      { title: 'What protects instead' },
      { title: 'Stands' },
    ],
    rows: () =>
      all.map((each): Text[] => [
        [{ text: each.class, style: 'strong' }, `\n${each.why}`],
        [code(each.control)],
        String(each.subjects),
        count(each.counts),
        safeguardOf(each),
        [
          toned(standings[each.standing].word, standings[each.standing].tone),
          `\nfrom ${each.start}\nto ${each.end}`,
        ],
      ]),
  };
}

function safeguardOf({ safeguard }: ExceptionFacts): (string | Span)[] {
  if (safeguard === null) return ['described in words that the company keeps; no test looks at it'];
  const { control, status } = safeguard;
  if (status === null) return [code(control), ' is not tested here'];
  const { word, tone } = statuses[status];
  return [
    code(control),
    ' ',
    status === 'pass' ? toned('Holds', 'good') : toned(`Does not hold: ${word}`, tone),
  ];
}
