import type { Block, Document, PageColumn, Span, Text } from '../documents/document.ts';
import { moment } from '../documents/moment.ts';
import type { Tone } from '../documents/table.ts';
import type { Packet } from '../exporter.ts';
import type { AnswerFacts } from './answer-facts.ts';
import { countedOf, standingOf, statuses, titleOf, type TestFacts } from './start-facts.ts';

/* What the pages of all profiles are put together from. */

export const code = (text: string): Span => ({ text, style: 'code' });
export const file = (path: string): Span => ({ text: path, style: 'file' });
export const toned = (text: string, style: Tone): Span => ({ text, style });
export const heading = (text: string): Block => ({ type: 'heading', level: 2, text });
export const paragraph = (...text: (string | Span)[]): Block => ({ type: 'paragraph', text });

/** A number that is to be seen where it is none. */
export const count = (number: number): Text =>
  number === 0 ? [{ text: '0', style: 'soft' }] : String(number);
export const countColumns = (titles: readonly string[]): PageColumn[] =>
  titles.map((title) => ({ title, align: 'right' }));

export function startOf(packet: Packet, blocks: readonly Block[]): Document {
  const { judgement, id } = packet;
  const { name, paper } = judgement.plan.organization;
  return {
    ...{ title: name, lead: titleOf(packet), organization: name },
    ...{ packet: id, asOf: judgement.asOf, standing: standingOf(packet), paper, blocks },
  };
}

export function head({ judgement, id }: Packet, items: readonly (readonly [string, Text])[]): Block {
  return {
    type: 'facts',
    items: [
      ['As of', [moment(judgement.asOf), '   packet ', code(id.slice(0, 16))]],
      ...items.filter(([, said]) => said.length > 0),
    ],
  };
}

/** How many of each, in one line. */
export function tally(
  counted: readonly { readonly count: number; readonly word: string; readonly tone: Tone }[],
): (string | Span)[] {
  return counted.flatMap(({ count: of, word, tone }) => [toned(`${of} ${word.toLowerCase()}`, tone), '   ']);
}

/** How many tests came out in which way, and what that means. */
export function outcomes(tests: readonly TestFacts[], more = ''): Block[] {
  return [
    paragraph(
      `${tests.length} tests:   `,
      ...tally(countedOf(tests).map(({ status, count: of }) => ({ count: of, ...statuses[status] }))),
    ),
    paragraph(
      'A test passes only where every item of its population was read and holds. What could not be read is ',
      { text: 'no data', style: 'strong' },
      `, never a pass. Software collected these facts; they are not an audit opinion. ${more}`.trimEnd(),
    ),
  ];
}

/** Where the company says otherwise than the evidence: the first of them, and where all are. */
export function contradictions({ contradicted: all }: AnswerFacts, most: number, table: string): Block[] {
  if (all.length === 0) return [];
  const more = all.length - most;
  return [
    {
      type: 'list',
      items: [
        ...all.slice(0, most).map(({ question, text }) => [code(question), ` ${text}`]),
        ...(more > 0 ? [[`${more} more answers are contradicted: `, file(table)]] : []),
      ],
    },
  ];
}
