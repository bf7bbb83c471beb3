import type { Answer, AnswerState } from '../../../controls/answers/answer.ts';
import type { Block, Span, Text } from '../../documents/document.ts';
import { moment } from '../../documents/moment.ts';
import type { Packet } from '../../exporter.ts';
import { changeKinds, changesSince, type Changed, type Changes } from '../../insurer/changes.ts';
import type { Earlier } from '../../insurer/earlier.ts';
import { answerStates } from '../answer-facts.ts';
import { code, heading, paragraph, toned } from '../start-blocks.ts';
import { statuses } from '../start-facts.ts';

const title = 'What changed since the last application';
const words = {
  worse: { word: 'Worse', tone: 'bad' },
  'less-told': { word: 'Told less', tone: 'warn' },
  better: { word: 'Better', tone: 'good' },
  other: { word: 'Otherwise', tone: 'mute' },
} as const;

/** The difference to the last application that was released from this vault, what worsened first. */
export function changeBlocks(packet: Packet, answers: ReadonlyMap<string, Answer>): Block[] {
  const { earlier } = packet;
  if (!earlier)
    return [
      heading(title),
      paragraph(
        'No earlier application was released with Exhibit from this vault, so that there is nothing to compare.',
      ),
    ];
  const changes = changesSince(earlier, packet.judgement);
  return [
    heading(title),
    paragraph(
      `The last application was released on ${moment(earlier.releasedAt)}, as of ${moment(earlier.asOf)}${earlier.rehearsal ? ' (a rehearsal)' : ''}, packet `,
      code(earlier.packet.slice(0, 16)),
      `. Its evidence was judged again for this comparison${earlier.sameRules ? ', by the same rules.' : ': the rules have changed since, so that what it comes to now need not be what was said then.'}`,
    ),
    {
      type: 'facts',
      items: [
        ['Exceptions', `${changes.exceptions.now} on record; there were ${changes.exceptions.then}`],
        ['Systems', systemsText(changes)],
        ['Answers', tallyOf(changes.answers)],
        ['Tests', tallyOf(changes.tests)],
      ],
    },
    ...(changes.answers.length > 0 ? [answersTable(changes.answers, answers)] : []),
    ...(changes.tests.length > 0 ? [testsTable(changes.tests)] : []),
  ];
}

function systemsText({ systems: { more, fewer } }: Changes): Text {
  if (more.length + fewer.length === 0) return 'the same kinds were read';
  return [
    ...(fewer.length > 0 ? [toned('read then and not now:', 'warn'), ` ${fewer.join(', ')}   `] : []),
    ...(more.length > 0 ? [`read now and not then: ${more.join(', ')}`] : []),
  ];
}

function tallyOf(all: readonly Changed<unknown>[]): Text {
  if (all.length === 0) return 'none came out otherwise';
  return changeKinds.flatMap((change) => {
    const of = all.filter((each) => each.change === change).length;
    return of > 0 ? [toned(`${of} ${words[change].word.toLowerCase()}`, words[change].tone), '   '] : [];
  });
}

const chip = ({ change }: Changed<unknown>) => [toned(words[change].word, words[change].tone)];

function answersTable(all: Changes['answers'], answers: ReadonlyMap<string, Answer>): Block {
  const said = (of: Earlier['answers'][number] | null): Text => {
    if (!of) return 'not asked';
    const found = answerStates.find(({ state }) => state === (of.state as AnswerState));
    return [toned(found?.word ?? of.state, found?.tone ?? 'mute'), `\nthe company: ${of.company}`];
  };
  return {
    type: 'table',
    columns: [{ title: 'Change' }, { title: 'Question', heads: true }, { title: 'Then' }, { title: 'Now' }],
    rows: () =>
      all.map((each): Text[] => {
        const question = (each.now ?? each.then)?.question ?? '';
        const about = answers.get(question)?.about ?? '';
        return [chip(each), [code(question), ` ${about}`], said(each.then), said(each.now)];
      }),
  };
}

function testsTable(all: Changes['tests']): Block {
  const said = (of: Earlier['tests'][number] | null): (string | Span)[] => {
    if (!of) return ['not tested'];
    const { word, tone } = statuses[of.status];
    const rest = [
      [of.fail, 'fail'],
      [of.excepted, 'excepted'],
      [of.untold, 'not told'],
    ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
    return [toned(word, tone), ` ${of.n} of ${of.N}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`];
  };
  return {
    type: 'table',
    columns: [{ title: 'Change' }, { title: 'Test', heads: true }, { title: 'Then' }, { title: 'Now' }],
    rows: () =>
      all.map((each): Text[] => [
        chip(each),
        [code((each.now ?? each.then)?.control ?? '')],
        said(each.then),
        said(each.now),
      ]),
  };
}
