import type { Block, Text } from '../documents/document.ts';
import { moment } from '../documents/moment.ts';
import type { Packet } from '../exporter.ts';
import { toSign, type ToSign } from '../release/to-sign.ts';
import type { Statement } from '../release/statement.ts';
import { code, heading, paragraph, toned } from './start-blocks.ts';

const steps = { counsel: 'Counsel', broker: 'Broker', officer: 'Officer of the company' } as const;
const findings = {
  qualified: { word: 'With limits', tone: 'warn' },
  contradicted: { word: 'Contradicted', tone: 'bad' },
} as const;

/** The sheet by which a packet is released: to be filled in by hand of a draft, as it was filled in of what was released. */
export function signOffBlocks(packet: Packet): Block[] {
  const sign = toSign(packet);
  const { release } = packet;
  return [
    heading('Sign-off sheet'),
    paragraph(
      'Software supplied the facts; management supplies the answers. Whoever signs does so after reasonable inquiry of those who know. Answers speak as of ',
      moment(packet.judgement.asOf),
      release ? '.' : ', and nothing here is filled in beforehand.',
    ),
    ...initials(sign, release?.statements.at(-1) ?? null),
    paragraph(open(sign, packet)),
    release ? signed(release.statements, release.draft.tagmanifest) : blank,
  ];
}

/** Behind whatever else a packet says, once it is released. */
export function releasedBlocks(packet: Packet): Block[] {
  return packet.release ? [{ type: 'break' }, ...signOffBlocks(packet)] : [];
}

const blank: Block = {
  type: 'sign',
  fields: [
    'Name',
    'Role',
    'Date',
    'Provider of IT consulted (yes or no)',
    'Others who were asked',
    'Signature',
  ],
};

function initials({ accept }: ToSign, officer: Statement | null): Block[] {
  if (accept.length === 0)
    return [paragraph('No answer of the company has limits or is contradicted by the evidence.')];
  const given = new Map(officer?.accepted.map((each) => [each.question, each.initials]));
  return [
    {
      type: 'table',
      columns: [
        { title: 'Answer' },
        { title: 'Question', heads: true },
        { title: 'About' },
        { title: 'Initials' },
      ],
      rows: () =>
        accept.map(({ question, about, finding }): Text[] => [
          [toned(findings[finding].word, findings[finding].tone)],
          [code(question)],
          about,
          given.get(question) ?? '________',
        ]),
    },
  ];
}

function open({ open: all, measured }: ToSign, { profile }: Packet): string {
  if (all.length === 0) return 'The company answered every question.';
  const shown =
    measured.length === 0
      ? ''
      : ` For ${measured.length} of them the evidence shows a yes by itself, which is no answer of the company.`;
  const marked =
    profile === 'insurer'
      ? 'each marked company to answer; the signature itself is not counted'
      : 'marked company to answer where no evidence shows them';
  return `Not answered by the company: ${all.length} ${all.length === 1 ? 'question' : 'questions'}, ${marked}.${shown}`;
}

function signed(statements: readonly Statement[], draft: string): Block {
  const officer = statements.at(-1);
  return {
    type: 'facts',
    items: [
      ...statements.map(({ as, name, role, at }): readonly [string, Text] => [
        steps[as],
        `${name}, ${role}, on ${moment(at)}`,
      ]),
      ['Provider of IT', officer?.provider ?? 'not said'],
      ['Released from', ['the draft with the tag manifest ', code(draft)]],
    ],
  };
}
