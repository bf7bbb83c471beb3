import type { Block, Document, Text } from '../documents/document.ts';
import type { Packet } from '../exporter.ts';
import { periodText } from '../identity.ts';
import { daysLacking, nightCounts } from '../type2/ledger-facts.ts';
import { answerFactsOf } from './answer-facts.ts';
import {
  code,
  contradictions,
  count,
  countColumns,
  file,
  head,
  heading,
  outcomes,
  paragraph,
  startOf,
  tally,
  toned,
} from './start-blocks.ts';
import { groupBlock } from './framework-blocks.ts';
import { releasedBlocks } from './sign-off.ts';
import {
  contents,
  notCoveredOf,
  onlyRead,
  periodContents,
  readingsOf,
  statuses,
  systemsOf,
  testsOf,
  type TestFacts,
} from './start-facts.ts';

/** How much of what is long stands on the pages themselves. */
const most = { contradicted: 5, gaps: 24 } as const;

/** Where everything is in the packet: what it is, what it speaks of and does not, how the tests fare by criterion, what to look at first, and which file has what. */
export function startOfAll(packet: Packet): Document {
  const { read, unread } = systemsOf(packet);
  const { whole, due } = readingsOf(packet);
  const tests = testsOf(packet);
  const answers = answerFactsOf(packet);
  const { exceptions } = packet.judgement.plan;
  return startOf(packet, [
    head(packet, [
      ...periodFactsOf(packet),
      ['Systems read', read.join(', ') || 'none'],
      ['Connected, not read', unread.join(', ')],
      [
        'Datasets',
        [
          `${whole} of ${due} that were due were wholly read, for the time that was asked for: `,
          file('data/coverage.csv'),
        ],
      ],
      [
        'Accepted failures',
        exceptions.length === 0
          ? 'none on record'
          : [`${exceptions.length} on record: `, file('data/company/exceptions.csv')],
      ],
    ]),
    ...outcomes(tests),
    heading('What this does not cover'),
    paragraph(
      onlyRead,
      ...notCoveredOf(packet).map((text) => ` ${text}.`),
      ' Who declared what: ',
      file('data/scope/systems.csv'),
    ),
    heading('Tests by criterion'),
    ...criteria(packet, tests),
    heading('What to look at first'),
    ...gaps(tests),
    heading('Questions'),
    paragraph(
      `Drafts of answers to ${answers.total} questions follow from these tests. The company answers; a draft is not its answer. Each question: `,
      file('data/answers/answers.csv'),
    ),
    paragraph(...tally(answers.counted)),
    ...contradictions(answers, most.contradicted, 'data/answers/answers.csv'),
    heading('What is in this packet'),
    {
      type: 'table',
      columns: [{ title: 'Where', heads: true }, { title: 'What' }],
      rows: () =>
        [...(packet.period ? periodContents : []), ...contents].map(([path, about]) => [[file(path)], about]),
    },
    ...integrity(packet),
    ...releasedBlocks(packet),
  ]);
}

/** Of a packet that tells of a period: which, and what of it nobody read. The rest of the page is of the last reading. */
function periodFactsOf({ period }: Packet): (readonly [string, Text])[] {
  if (!period) return [];
  const { due, read } = nightCounts(period);
  const { notRead, notDue } = daysLacking(period);
  return [
    [
      'Period',
      [periodText(period), ': ', file('data/period/summary.pdf'), '. What follows is as of the last reading'],
    ],
    [
      'Nights',
      [
        toned(
          `${read} of ${due} that were due were read`,
          notRead.length + notDue.length > 0 ? 'bad' : 'good',
        ),
        ': ',
        file('data/period/nights.csv'),
      ],
    ],
  ];
}

function criteria({ frameworks }: Packet, tests: readonly TestFacts[]): Block[] {
  const framework = frameworks.find(({ id }) => id === 'soc2');
  if (!framework) return [];
  return [
    paragraph(
      `${framework.title}. A criterion itself has no result, and a test may bear on several. Criteria without a test need other evidence. Each criterion: `,
      file('data/frameworks/soc2.csv'),
    ),
    groupBlock(framework, tests, 'Criteria'),
  ];
}

/** Tests that did not pass, the most severe first. */
function gaps(tests: readonly TestFacts[]): Block[] {
  const open = tests.filter(({ status }) => status !== 'pass' && status !== 'not-applicable');
  if (open.length === 0) return [paragraph('Every test passed, or had nothing to be about.')];
  const more = open.length - most.gaps;
  return [
    {
      type: 'table',
      columns: [
        { title: 'Result' },
        { title: 'Severity' },
        { title: 'Test', heads: true },
        { title: 'About' },
        ...countColumns(['Fail', 'No data', 'Pass', 'Of']),
      ],
      rows: () =>
        open
          .slice(0, most.gaps)
          .map(({ control, status, severity, about, population: p }) => [
            [toned(statuses[status].word, statuses[status].tone)],
            severity,
            [code(control)],
            about,
            ...[p.fail, p.noData, p.pass, p.total].map(count),
          ]),
    },
    paragraph(
      more > 0 ? `${more} more did not pass. ` : '',
      'What each test asserts, its counts and its reasons: ',
      file('data/results/results.csv'),
    ),
  ];
}

function integrity({ id, origin, checkpoint, judgement }: Packet): Block[] {
  return [
    heading('Integrity'),
    paragraph(
      file('VERIFY.md'),
      ' has the commands that check this packet with tools you already have: nothing was added, changed or left out since it was signed. Keys to check against come from the company by another way, never from this packet.',
    ),
    {
      type: 'facts',
      items: [
        ['Packet id', [code(id)]],
        ['Ledger', [code(origin), `, cut at ${checkpoint.size} lines, last line `, code(checkpoint.chain)]],
        ['Rules', [code(judgement.rules)]],
      ],
    },
  ];
}
