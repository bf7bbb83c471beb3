import { controls } from '../../../controls/index.ts';
import type { Block, Text } from '../../documents/document.ts';
import type { Packet } from '../../exporter.ts';
import { code, heading, paragraph, toned } from '../start-blocks.ts';
import { statuses, testsOf } from '../start-facts.ts';

/** What each test asserts, in full, with its counts: what the other pages name by its id. */
export function testBlocks(packet: Packet): Block[] {
  const tests = testsOf(packet);
  return [
    heading('What each test asserts'),
    paragraph(
      'What fails and weighs most comes first. A test passes only where its sentence is true of all that it counts.',
    ),
    {
      type: 'table',
      columns: [{ title: 'Test, and its result', heads: true }, { title: 'What it asserts' }],
      rows: () =>
        tests.map(({ control, status, severity, population: p }): Text[] => [
          [
            code(control),
            '\n',
            toned(statuses[status].word, statuses[status].tone),
            ` ${p.pass} of ${p.total} pass, ${p.fail} fail, ${severity}`,
          ],
          controls.find(({ id }) => id === control)?.assertion ?? '',
        ]),
    },
  ];
}
