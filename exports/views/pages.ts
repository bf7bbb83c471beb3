import { htmlDocument } from '../documents/html-document.ts';
import { pdf } from '../documents/pdf/render.ts';
import type { Block, Text } from '../documents/document.ts';
import type { Packet, PacketFile } from '../exporter.ts';
import { groupBlock } from '../files/framework-blocks.ts';
import { releasedBlocks } from '../files/sign-off.ts';
import { code, head, heading, outcomes, paragraph, startOf } from '../files/start-blocks.ts';
import { notCoveredOf, onlyRead, systemsOf, testsOf } from '../files/start-facts.ts';
import { toldText, type View, type Viewed } from './requirements.ts';

/** What one view says beside what all do. */
export interface ViewPages {
  /** What its requirements are called, in the plural. */
  readonly called: string;
  /** The same in one word, for the head of a column. */
  readonly short: string;
  /** Whether an id is short enough for a column of its own. */
  readonly idsApart: boolean;
  /** Whether its groups are counted in a table of their own. */
  readonly grouped: boolean;
  readonly facts: readonly (readonly [string, Text])[];
  readonly before: readonly Block[];
  /** The columns that stand beside what tests tell. */
  readonly beside: readonly { readonly title: string; readonly text: (requirement: Viewed) => Text }[];
  readonly table: string;
}

/** The pages of a view of a framework: what it covers and what not, by group, and each requirement. */
export function* viewPages(packet: Packet, view: View, pages: ViewPages): Iterable<PacketFile> {
  const document = startOf(packet, blocksOf(packet, view, pages));
  yield { path: '00_START_HERE.html', content: htmlDocument(document) };
  yield { path: '00_START_HERE.pdf', content: pdf(document) };
}

function blocksOf(
  packet: Packet,
  view: View,
  { called, short, idsApart, grouped, facts, before, beside, table }: ViewPages,
): Block[] {
  const { framework, requirements, bearing } = view;
  const { read, unread } = systemsOf(packet);
  const tests = testsOf(packet).filter(({ control }) => bearing.has(control));
  const tested = requirements.filter((each) => each.tests.length > 0).length;
  return [
    head(packet, [
      ['Framework', framework.title],
      [
        'In it',
        `${requirements.length} ${called}: tests bear on ${tested}, and ${requirements.length - tested} are not tested by Exhibit`,
      ],
      ['Systems read', read.join(', ') || 'none'],
      ['Connected, not read', unread.join(', ')],
      ...facts,
      ['All columns', [code(`${table}.xlsx`), ', the same as ', code(`${table}.csv`)]],
    ]),
    ...outcomes(tests, 'A requirement itself has no result, and a test may bear on several.'),
    heading('What this does not cover'),
    paragraph(onlyRead, ...notCoveredOf(packet, 'counted').map((text) => ` ${text}.`)),
    ...before,
    ...(grouped ? [heading('By group'), groupBlock(framework, tests, short)] : []),
    heading(`Each of ${requirements.length} ${called}`),
    {
      type: 'table',
      columns: [
        ...(idsApart ? [{ title: 'Id' }] : []),
        { title: idsApart ? 'About, in our words' : 'Id, and what it is about in our words', heads: true },
        { title: 'What tests tell' },
        ...beside.map(({ title }) => ({ title })),
      ],
      rows: () =>
        requirements.map((requirement) => [
          ...(idsApart
            ? [[code(requirement.id)], requirement.about]
            : [[code(requirement.id), `\n${requirement.about}`]]),
          toldText(requirement.tests),
          ...beside.map(({ text }) => text(requirement)),
        ]),
    },
    heading('Integrity'),
    paragraph(
      code('VERIFY.md'),
      ' has the commands that check this packet with tools you already have. It is sealed to the full evidence that stays with the company, tag manifest ',
      code(packet.twin?.tagmanifest ?? ''),
      '.',
    ),
    ...releasedBlocks(packet),
  ];
}
