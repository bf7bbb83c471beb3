import type { Block, Document, Span, Text } from '../documents/document.ts';
import { htmlDocument } from '../documents/html-document.ts';
import { moment } from '../documents/moment.ts';
import { pdf } from '../documents/pdf/render.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { answerFactsOf } from './answer-facts.ts';
import {
  contentsOf,
  countedOf,
  notCoveredOf,
  standingOf,
  statuses,
  systemsOf,
  testsOf,
  titleOf,
} from './start-facts.ts';

/** The page to open first, to scroll and to print: what this is, what it covers and what it does not, each test with its count, how to check it. */
export const startPage: Exporter = function* (packet) {
  const document = startOf(packet);
  yield { path: '00_START_HERE.html', content: htmlDocument(document) };
  yield { path: '00_START_HERE.pdf', content: pdf(document) };
};

const code = (text: string): Span => ({ text, style: 'code' });
const heading = (text: string): Block => ({ type: 'heading', level: 2, text });
const paragraph = (...text: (string | Span)[]): Block => ({ type: 'paragraph', text });
const list = (items: readonly Text[]): Block[] => (items.length === 0 ? [] : [{ type: 'list', items }]);

function startOf(packet: Packet): Document {
  const { judgement, id } = packet;
  const { organization } = judgement.plan;
  return {
    title: organization.name,
    lead: titleOf(packet),
    organization: organization.name,
    ...{ packet: id, asOf: judgement.asOf, standing: standingOf(packet), paper: organization.paper },
    blocks: [
      {
        type: 'facts',
        items: [
          ['As of', moment(judgement.asOf)],
          ['Packet', [code(id.slice(0, 16))]],
          ['Systems read', systemsOf(packet).read.join(', ') || 'none'],
        ],
      },
      ...testsSection(packet),
      ...questionsSection(packet),
      heading('What this does not cover'),
      paragraph(
        'Only the systems named above were read. On-premises directories, firewalls, endpoints, backup appliances and every other system are not covered by any statement here.',
      ),
      ...list(notCoveredOf(packet)),
      ...exceptionsSection(packet),
      heading('What is in this packet'),
      { type: 'facts', items: contentsOf(packet).map(([path, about]) => [path, about] as const) },
      ...integritySection(packet),
    ],
  };
}

function testsSection(packet: Packet): Block[] {
  const tests = testsOf(packet);
  const right = ['Pass', 'Fail', 'Excepted', 'No data', 'By hand', 'n/a', 'Of'];
  return [
    heading('What was tested'),
    paragraph(
      ...countedOf(tests).flatMap(({ status, count }) => [
        { text: `${count} ${statuses[status].word.toLowerCase()}`, style: statuses[status].tone },
        '   ',
      ]),
    ),
    paragraph(
      'A test passes only where every item of its population was read and holds. What could not be read is ',
      { text: 'no data', style: 'strong' },
      ', never a pass. Software collected these facts; they are not an audit opinion.',
    ),
    {
      type: 'table',
      columns: [
        { title: 'Result' },
        { title: 'Test', heads: true },
        ...right.map((title) => ({ title, align: 'right' as const })),
      ],
      rows: () =>
        tests.map(({ control, assertion, status, population: p, reasons }) => [
          [{ text: statuses[status].word, style: statuses[status].tone }],
          [
            `${assertion}\n`,
            code(control),
            ...reasons.map((reason): Span => ({ text: `\n– ${reason}`, style: 'soft' })),
          ],
          ...[p.pass, p.fail, p.excepted, p.noData, p.manual, p.notApplicable, p.total].map(String),
        ]),
    },
  ];
}

function questionsSection(packet: Packet): Block[] {
  const { total, contradicted, counted } = answerFactsOf(packet);
  return [
    heading('Questions'),
    paragraph(
      `Drafts of answers to ${total} questions follow from these tests, with what each covers and what it does not. The company answers; a draft is not its answer.`,
    ),
    ...list(contradicted.map(({ question, text }) => [code(question), ` ${text}`])),
    ...list(counted),
  ];
}

function exceptionsSection({ judgement, profile }: Packet): Block[] {
  const { exceptions } = judgement.plan;
  if (exceptions.length === 0) return [];
  if (profile === 'insurer')
    return [
      heading('Exceptions'),
      paragraph(
        `${exceptions.length} accepted failures are on record. An exception counts only while it is in force and its safeguard holds.`,
      ),
    ];
  return [
    heading('Exceptions'),
    ...list(
      exceptions.map(({ id, control, reason, owner, approver, start, end, safeguard }) => [
        ...[code(id), ' to ', code(control)],
        `: ${reason}. Safeguard: ${safeguard.text}. Owner ${owner}, approved by ${approver}, ${start} to ${end}.`,
      ]),
    ),
  ];
}

function integritySection({ id, origin, checkpoint, judgement, twin }: Packet): Block[] {
  return [
    heading('Integrity'),
    paragraph(
      code('VERIFY.md'),
      ' has the commands that check this packet with tools you already have: nothing was added, changed or left out since it was signed. Keys to check against come from the company by another way, never from this packet.',
    ),
    {
      type: 'facts',
      items: [
        ['Packet id', [code(id)]],
        ['Ledger', [code(origin), `, cut at ${checkpoint.size} lines, last line `, code(checkpoint.chain)]],
        ['Rules', [code(judgement.rules)]],
        ...(twin
          ? [
              [
                'Sealed to',
                ['the full evidence that stays with the company, tag manifest ', code(twin.tagmanifest)],
              ] as const,
            ]
          : []),
      ],
    },
  ];
}
