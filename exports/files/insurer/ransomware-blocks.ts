import type { Answer } from '../../../controls/answers/answer.ts';
import { form } from '../../../controls/insurer/form.ts';
import type { Block, Text } from '../../documents/document.ts';
import type { Packet } from '../../exporter.ts';
import { bySystem } from '../../insurer/by-system.ts';
import { code, heading, paragraph } from '../start-blocks.ts';
import { companySpan, stateChip } from './answer-blocks.ts';
import { splitText } from './mfa-blocks.ts';

/** What supplements about ransomware ask: only what tests and answers say, and else that the company is to answer. */
export function ransomwareBlocks({ judgement }: Packet, answers: ReadonlyMap<string, Answer>): Block[] {
  return [
    heading('Ransomware supplement'),
    paragraph(
      'The same questions as before, with each test by system. Products, people who watch, and copies that are kept elsewhere no source tells of.',
    ),
    ...form.ransomware.flatMap(({ title, questions }): Block[] => [
      { type: 'heading', level: 3, text: title },
      {
        type: 'table',
        columns: [{ title: 'Question' }, { title: 'What it asks, and tests by system', heads: true }],
        rows: () =>
          questions.flatMap((question): Text[][] => {
            const answer = answers.get(question);
            if (!answer) return [];
            const tests = bySystem(
              judgement,
              answer.measures.map(({ control }) => control),
            );
            return [
              [
                [code(question), '\n', stateChip(answer), '\n', ...[companySpan(answer)].flat()],
                [
                  { text: answer.about, style: 'strong' },
                  ...(tests.length === 0 ? ['\n', { text: 'No test tells.', style: 'soft' as const }] : []),
                  ...tests.flatMap((split) => [`\n${split.system}:  `, ...splitText(split)]),
                ],
              ],
            ];
          }),
      },
    ]),
  ];
}
