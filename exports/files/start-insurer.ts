import type { Answer } from '../../controls/answers/answer.ts';
import { form } from '../../controls/insurer/form.ts';
import type { Block, Document, Span, Text } from '../documents/document.ts';
import type { Packet } from '../exporter.ts';
import { answerFactsOf, answerStates, insurerTopics } from './answer-facts.ts';
import {
  code,
  contradictions,
  count,
  countColumns,
  file,
  head,
  outcomes,
  startOf,
  toned,
} from './start-blocks.ts';
import { answerBlocks, insurerAnswers } from './insurer/answer-blocks.ts';
import { changeBlocks } from './insurer/change-blocks.ts';
import { exceptionBlocks } from './insurer/exception-blocks.ts';
import { mfaBlocks } from './insurer/mfa-blocks.ts';
import { ransomwareBlocks } from './insurer/ransomware-blocks.ts';
import { testBlocks } from './insurer/test-blocks.ts';
import { exceptionsOf } from '../insurer/exceptions.ts';
import { signOffBlocks } from './sign-off.ts';
import { notCoveredOf, onlyRead, systemsOf, testsOf, type TestFacts } from './start-facts.ts';

/** How much of what is long stands on the page itself. */
const most = { contradicted: 1, critical: 3 } as const;

/**
 * The whole submission, because it is read alone: one page for whoever has twenty minutes, then what forms and their
 * supplements ask, the sheet to sign, and what the tests assert. A packet of few files has no room for a file of each.
 */
export function startOfInsurer(packet: Packet): Document {
  const { read, unread } = systemsOf(packet);
  const tests = testsOf(packet);
  const answers = answerFactsOf(packet);
  const drafted = insurerAnswers(packet);
  const behind = [
    answerBlocks(packet, drafted),
    mfaBlocks(packet, drafted),
    ransomwareBlocks(packet, drafted),
    [...exceptionBlocks(packet), ...changeBlocks(packet, drafted)],
    signOffBlocks(packet),
    testBlocks(packet),
  ].flatMap((blocks): Block[] => [{ type: 'break' }, ...blocks]);
  return startOf(packet, [
    head(packet, [
      [
        'Systems read',
        (read.join(', ') || 'none') +
          (unread.length > 0 ? `; connected, and nothing could be read: ${unread.join(', ')}` : ''),
      ],
    ]),
    ...outcomes(
      tests,
      `Drafts of answers to ${answers.total} questions follow from these tests. The company answers; a draft is not its answer. A topic shows the worst of its drafts.`,
    ),
    ...contradictions(answers, most.contradicted, 'data/answers.csv'),
    topics(packet),
    {
      type: 'facts',
      items: [
        ['Failing and critical', critical(tests, drafted)],
        ['Accepted failures', accepted(packet)],
        ['Not covered', [onlyRead, ...notCoveredOf(packet).map((text) => ` ${text}.`)]],
        [
          'Behind this page',
          [...sectionsOf(behind), '. As data: ', file('data/answers.csv'), ', ', file('data/metrics.csv')],
        ],
        [
          'Integrity',
          [
            file('VERIFY.md'),
            ' checks this packet with tools you have; its evidence stays with the company, sealed by the digest in ',
            file('bag-info.txt'),
          ],
        ],
      ],
    },
    ...behind,
  ]);
}

/** The headings of what follows, to be followed. */
function sectionsOf(blocks: readonly Block[]): (string | Span)[] {
  const titles = blocks.flatMap((each) => (each.type === 'heading' && each.level === 2 ? [each.text] : []));
  return titles.flatMap((text, n) => [n === 0 ? '' : '; ', { text, style: 'section' as const }]);
}

function topics(packet: Packet): Block {
  const rows = insurerTopics(packet);
  return {
    type: 'table',
    columns: [
      { title: 'Worst draft' },
      { title: 'Topic', heads: true },
      ...countColumns([...answerStates.map(({ word }) => word), 'Of']),
    ],
    rows: () =>
      rows.map(({ title, worst, counts, total }) => [
        [toned(worst.word, worst.tone)],
        title,
        ...counts.map(count),
        String(total),
      ]),
  };
}

/** What supplements ask about comes first, in their order: second factors, privileges, backups. */
function critical(tests: readonly TestFacts[], drafted: ReadonlyMap<string, Answer>): Text {
  const asked = [
    ...form.vectors.flatMap((vector) => vector.tests),
    ...form.privileged,
    ...form.ransomware.flatMap(({ questions }) =>
      questions.flatMap((question) => drafted.get(question)?.evidence ?? []),
    ),
  ];
  const place = ({ control }: TestFacts) => [...asked, control].indexOf(control);
  const all = tests
    .filter(({ status, severity }) => status === 'fail' && severity === 'critical')
    .sort((a, b) => place(a) - place(b));
  if (all.length === 0) return 'none';
  const more = all.length - most.critical;
  return [
    ...all
      .slice(0, most.critical)
      .flatMap(({ control, population: { fail, total } }, n) => [
        n === 0 ? '' : ', ',
        code(control),
        ` ${fail} of ${total} fail`,
      ]),
    ...(more > 0 ? [`, and ${more} more in `, file('data/metrics.csv')] : []),
  ];
}

function accepted({ judgement }: Packet): string {
  const all = exceptionsOf(judgement);
  const live = all.filter(({ standing }) => standing === 'in force').length;
  return all.length === 0
    ? 'none on record'
    : `${all.length} on record, ${live} in force today, counted only while its safeguard holds`;
}
