import { bases, type Basis } from '../basis.ts';
import type { Block, Document } from '../documents/document.ts';
import { htmlDocument } from '../documents/html-document.ts';
import { moment } from '../documents/moment.ts';
import { pdf } from '../documents/pdf/render.ts';
import type { Column, Table, Tone } from '../documents/table.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter, Packet } from '../exporter.ts';
import type { Judgement } from '../judge.ts';
import { countOf, evidenceSays, topicsOf, type Topic } from '../vendor/topics.ts';
import { releasedBlocks } from './sign-off.ts';
import { code, heading, paragraph, startOf } from './start-blocks.ts';

/** Answers by topic for questionnaires of customers: a table to look up and a summary to read. Ids of CAIQ v4, our own words, no names. */
export const vendorQuestionnaire: Exporter = function* (packet) {
  const topics = topicsOf(packet.judgement);
  const document = summaryOf(packet, topics);
  yield { path: '00_START_HERE.html', content: htmlDocument(document) };
  yield { path: '00_START_HERE.pdf', content: pdf(document) };
  yield* tableFiles(tableOf(packet.judgement, topics), 'data/answers', ['csv', 'xlsx', 'meta.json']);
};

const tones: Readonly<Record<Basis, Tone>> = {
  measured: 'mute',
  'company states': 'hand',
  declined: 'mute',
  'company to answer': 'hand',
  'to be settled': 'bad',
};

const text = (key: string, title: string): Column => ({ key, title, type: 'text' });
const choice = (key: string, title: string, values: readonly string[]): Column => ({
  ...{ key, title, values },
  type: 'enum',
});

const columns: readonly Column[] = [
  text('id', 'Topic id'),
  text('topic', 'Topic, in our words'),
  text('caiq', 'CAIQ v4 ids'),
  choice('answer', 'Answer', ['Yes', 'No', 'NA']),
  choice('basis', 'Basis', bases),
  choice('ownership', 'Whose it is', ['csp', 'csc', 'shared', 'third-party']),
  text('comment', 'Comment'),
  text('company_answered', 'The company answered'),
  { key: 'company_answered_on', title: 'Answered on', type: 'date-time' },
  text('company_holds', 'Held against the evidence'),
  text('evidence_says', 'The evidence says'),
  text('counts', 'Counts by test'),
  { key: 'exceptions', title: 'Accepted exceptions', type: 'number' },
  text('not_covered', 'Not covered'),
  { key: 'as_of_utc', title: 'As of (UTC)', type: 'date-time' },
  text('owner_role', 'Who answers for it'),
  choice('shareable', 'Who may read it', ['public', 'nda', 'never', 'not decided']),
  { key: 'review_on', title: 'Reviewed next', type: 'date-time' },
];

function tableOf(judgement: Judgement, topics: readonly Topic[]): Table {
  return {
    id: 'answers',
    title: 'Answers by topic',
    columns,
    rows: () => topics.map((topic) => ({ cells: cellsOf(topic), evidence: [] })),
    cites: {
      restsOn:
        'tests of these names in the packet with all evidence that this one is sealed to, which stays with the company',
    },
    extraction: {
      ...{ kind: 'answer', asOf: judgement.asOf, timeZone: 'UTC' },
      completeness: { complete: true, check: `Each of ${topics.length} topics has one row.` },
      readings: [],
      limits: [
        'A topic is asked in our words. Whether a question of a form asks for the same is for whoever answers the form.',
        ...(judgement.rehearsal ? ['Read under a clock that was given: a rehearsal.'] : []),
      ],
      notes: ['An answer that was only measured is a draft until the company makes it its own.'],
    },
  };
}

function cellsOf({ id, about, caiq, answer, basis, comment, company, evidence, shareable }: Topic) {
  const outside = evidence ? [...evidence.outside.undeclared, ...evidence.outside.present] : [];
  const accepted = evidence?.exceptions.reduce((sum, { count }) => sum + count, 0) ?? null;
  const measures = evidence?.measures.filter(({ status }) => status !== null) ?? [];
  return [
    ...[id, about, caiq.join(' | '), answer, basis, company?.responsible ?? null, comment],
    ...[company ? String(company.value) : null, company?.answeredOn ?? null, company?.holds ?? null],
    ...[evidence && evidenceSays(evidence), measures.map(countOf).join(' | '), accepted],
    ...[[...outside, ...(evidence?.neverCovered ?? [])].join(' | '), evidence?.asOf ?? null],
    ...[company?.role ?? null, shareable, company?.reviewOn ?? null],
  ];
}

function summaryOf(packet: Packet, topics: readonly Topic[]): Document {
  const { judgement, twin } = packet;
  const open = topics.filter(({ shareable }) => shareable === 'not decided').length;
  const settle = topics.filter(({ basis }) => basis === 'to be settled');
  return startOf(packet, [
    {
      type: 'facts',
      items: [
        ['As of', moment(judgement.asOf)],
        ['Topics', countedBy(topics)],
        ['All columns', [code('data/answers.xlsx'), ', the same as ', code('data/answers.csv')]],
      ],
    },
    paragraph(
      'Measured: follows from evidence that was read, with the limits that stand beside it. Company states: the company says so, and the evidence does not show it. Company to answer: neither. What was not read is in no yes. Topics are in our own words; CAIQ v4 is named by its ids.',
    ),
    ...settled(settle),
    ...(open > 0 ? [undecided(open, topics.length)] : []),
    heading('Answers'),
    {
      type: 'table',
      columns: [
        { title: 'Topic, with its id and those of CAIQ v4', heads: true },
        { title: 'Answer' },
        { title: 'Comment' },
      ],
      rows: () =>
        topics.map(({ id: topic, about, caiq, answer, basis, comment }) => [
          [`${about}\n`, code([topic, ...caiq].join(' · '))],
          [
            ...(answer === null ? [] : [{ text: answer, style: 'strong' as const }, '\n']),
            { text: basis, style: tones[basis] },
          ],
          comment,
        ]),
    },
    heading('Integrity'),
    paragraph(
      code('VERIFY.md'),
      ' has the commands that check this packet with tools you already have. It is sealed to the full evidence that stays with the company, tag manifest ',
      code(twin?.tagmanifest ?? ''),
      '.',
    ),
    ...releasedBlocks(packet),
  ]);
}

function countedBy(topics: readonly Topic[]): string {
  const counted = bases.flatMap((basis) => {
    const count = topics.filter((topic) => topic.basis === basis).length;
    return count > 0 ? [`${count} ${basis}`] : [];
  });
  return `${topics.length}: ${counted.join(', ')}`;
}

function settled(topics: readonly Topic[]): Block[] {
  if (topics.length === 0) return [];
  return [
    {
      type: 'callout',
      title: 'To be settled:',
      text: `the company answered ${topics.map(({ id }) => id).join(', ')} otherwise than the evidence shows, or bears out.`,
      tone: 'bad',
    },
  ];
}

function undecided(open: number, all: number): Block {
  return {
    type: 'callout',
    title: 'Before this leaves:',
    text: `nobody decided who may read ${open} of ${all} answers.`,
    tone: 'warn',
  };
}
