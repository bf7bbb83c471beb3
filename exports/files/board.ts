import type { Grade, Outcome } from '../../controls/board/outcomes.ts';
import { beforePath } from '../board/before.ts';
import { compared, type Change, type Compared } from '../board/compared.ts';
import { standingsOf } from '../board/stand.ts';
import { csv } from '../csv.ts';
import type { Block, Document, Text } from '../documents/document.ts';
import { htmlDocument } from '../documents/html-document.ts';
import { moment } from '../documents/moment.ts';
import { pdf } from '../documents/pdf/render.ts';
import type { Tone } from '../documents/table.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { coverageBlocks, exceptionBlocks, readinessBlocks, riskBlocks } from './board-register.ts';
import { releasedBlocks } from './sign-off.ts';
import { paragraph, startOf } from './start-blocks.ts';

/** Board only: two pages in plain words, and the numbers behind them. */
export const boardPages: Exporter = function* (packet) {
  const outcomes = compared(standingsOf(packet.judgement), packet.before?.reading ?? null);
  const document = pagesOf(packet, outcomes);
  yield { path: '00_START_HERE.html', content: htmlDocument(document) };
  yield { path: '00_START_HERE.pdf', content: pdf(document) };
  yield { path: 'data/outcomes.csv', content: tableOf(packet, outcomes) };
  yield { path: beforePath, content: `${JSON.stringify(packet.before, null, 1)}\n` };
};

const tones: Readonly<Record<Grade, Tone>> = {
  safe: 'good',
  limited: 'warn',
  unknown: 'warn',
  possible: 'bad',
  unsafe: 'bad',
};

function pagesOf(packet: Packet, outcomes: readonly Compared[]): Document {
  return startOf(packet, [
    paragraph(...openingOf(packet)),
    ...worsened(packet, outcomes),
    outcomesTable(outcomes),
    { type: 'break' },
    ...riskBlocks(packet),
    ...exceptionBlocks(packet),
    ...coverageBlocks(packet),
    ...readinessBlocks(packet),
    ...releasedBlocks(packet),
  ]);
}

function openingOf({ judgement, before }: Packet): string[] {
  const reading = before?.reading;
  return [
    `As of ${moment(judgement.asOf)}. An answer is good only where everything it rests on was read and holds; what was not read is never taken for safe. `,
    reading
      ? `Compared with ${dayOf(reading.asOf)}, the last reading before this quarter${reading.rehearsal ? ' (a rehearsal)' : ''}, judged by the same rules.`
      : `There is nothing earlier to compare with: the first reading is of ${dayOf(before?.first ?? judgement.asOf)}, and this quarter began on ${before?.quarter ?? ''}.`,
  ];
}

function worsened({ before }: Packet, outcomes: readonly Compared[]): Block[] {
  if (!before?.reading) return [];
  const worse = outcomes.filter(({ change }) => change === 'worse');
  const since = dayOf(before.reading.asOf);
  if (worse.length === 0)
    return [{ type: 'callout', title: `Nothing got worse since ${since}.`, text: '', tone: 'mute' }];
  return [
    {
      type: 'callout',
      title: `Worse than on ${since}:`,
      text: worse.map(({ outcome }) => `“${outcome.asks}”`).join(' '),
      tone: 'bad',
    },
  ];
}

function outcomesTable(outcomes: readonly Compared[]): Block {
  return {
    type: 'table',
    columns: [
      { title: 'Question, and what it costs to leave it', heads: true },
      { title: 'Answer' },
      { title: 'What was counted' },
    ],
    rows: () =>
      outcomes.map(({ outcome, grade, change, before, counted, limits }): Text[] => [
        [
          { text: outcome.asks, style: 'strong' },
          `\nIf it is left so: ${outcome.leaving}\n`,
          { text: `Not in this answer: ${limits.join('; ')}.`, style: 'soft' },
        ],
        [{ text: outcome.words[grade], style: tones[grade] }, changeText(outcome, grade, change, before)],
        counted.flatMap((part, n): Exclude<Text, string> => [
          ...(n > 0 ? ['\n'] : []),
          { text: `${part.n} of ${part.N}`, style: 'strong' },
          ` ${countText(part, before)}`,
        ]),
      ]),
  };
}

function changeText(outcome: Outcome, grade: Grade, change: Change, before: Compared['before']): string {
  if (!before) return '';
  const words = { worse: 'Worse', better: 'Better', same: 'Unchanged', unknown: 'Not known' } as const;
  return before.grade === grade
    ? `\n${words[change]}${change === 'same' ? '' : ' in its parts'}`
    : `\n${words[change]}: it was “${outcome.words[before.grade]}”`;
}

function countText(part: Compared['counted'][number], before: Compared['before']): string {
  const { fail, excepted, noData, manual, notApplicable, says } = part;
  const others = [
    [fail, 'not so'],
    [excepted, 'accepted'],
    [noData, 'not known'],
    [manual, 'for a person to say'],
    [notApplicable, 'not concerned'],
  ] as const;
  const rest = others.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  const then = before?.counted.find((each) => each.part === part.part);
  const isOther = then && (then.n !== part.n || then.N !== part.N || then.fail !== fail);
  const more = [...rest, ...(isOther ? [`it was ${then.n} of ${then.N}, and ${then.fail} not so`] : [])];
  return `${says}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
}

function tableOf({ judgement, before }: Packet, outcomes: readonly Compared[]): string {
  return csv(
    [
      ...['outcome', 'asks', 'answer', 'change', 'answer_before', 'part', 'counted', 'status'],
      ...['n', 'of', 'not_so', 'accepted', 'not_known', 'for_a_person', 'not_concerned'],
      ...['n_before', 'of_before', 'not_so_before', 'not_in_this_answer', 'if_left_so'],
      ...['as_of_utc', 'before_utc', 'rehearsal'],
    ],
    outcomes.flatMap(({ outcome, grade, change, before: then, counted, limits }) =>
      counted.map((part) => {
        const was = then?.counted.find((each) => each.part === part.part);
        return [
          ...[outcome.id, outcome.asks, outcome.words[grade], change],
          ...[then ? outcome.words[then.grade] : null, part.part, part.says, part.status],
          ...[part.n, part.N, part.fail, part.excepted, part.noData, part.manual, part.notApplicable],
          ...[was?.n ?? null, was?.N ?? null, was?.fail ?? null, limits.join(' | '), outcome.leaving],
          ...[judgement.asOf, before?.reading?.asOf ?? null, judgement.rehearsal],
        ];
      }),
    ),
  );
}

const dayOf = (time: string) => time.slice(0, 10);
