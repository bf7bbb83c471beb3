import type { Answer } from '../../../controls/answers/answer.ts';
import { form } from '../../../controls/insurer/form.ts';
import { proofLevels, type ProofLevel } from '../../../controls/questionnaire.ts';
import type { Block, Text } from '../../documents/document.ts';
import type { Packet } from '../../exporter.ts';
import { accountListsOf, administratorsOf, coverageOf, isTold } from '../../insurer/accounts.ts';
import { bySystem, type Split } from '../../insurer/by-system.ts';
import { exclusionsOf, exclusionsTest } from '../../insurer/exclusions.ts';
import type { Shown } from '../../insurer/suppress.ts';
import { beyondOf } from '../../insurer/wording.ts';
import { count, countColumns, code, heading, paragraph, toned } from '../start-blocks.ts';
import { statuses } from '../start-facts.ts';
import { companySpan, stateChip } from './answer-blocks.ts';

const levels: readonly (readonly [level: ProofLevel, title: string])[] = [
  ['capable', 'Set up'],
  ['required', 'Required'],
  ['observed', 'Observed'],
  ['strength', 'Strength'],
];

/** Why tests of what is set up stand under what is required. */
const atConsole =
  'AWS asks at its console whoever has a second factor set up, so that this counts as required there. Whoever signs requests with an access key is asked for none by that: an account with an active key does not count as required in the tables below.';

/** Second factors by the six ways in, with what no source tells of each. */
export function mfaBlocks(packet: Packet, answers: ReadonlyMap<string, Answer>): Block[] {
  const { judgement } = packet;
  const privileged = bySystem(judgement, form.privileged);
  return [
    heading('Second factors (MFA), by the six ways in'),
    paragraph(
      'Set up, required, observed and of which strength are four things, and none stands in for another: an attestation asks what is ',
      { text: 'required', style: 'strong' },
      '. Each count is how many pass, of all that the test counts. What no source reads is listed, and is covered by nothing here.',
    ),
    ...form.vectors.flatMap(({ title, questions, tests }, n) =>
      vectorBlocks(
        `${n + 1}. ${title}`,
        questions.flatMap((each) => answers.get(each) ?? []),
        bySystem(judgement, tests),
      ),
    ),
    { type: 'heading', level: 3, text: 'Administrators and consoles of what was read' },
    splitTable(privileged),
    ...(privileged.some(({ control }) => control.startsWith('mfa-aws-')) ? [paragraph(atConsole)] : []),
    ...administrators(packet),
    ...coverage(packet),
    ...exclusions(packet),
  ];
}

function vectorBlocks(title: string, answers: readonly Answer[], splits: readonly Split[]): Block[] {
  const beyond = [...new Set(answers.flatMap(beyondOf))];
  return [
    { type: 'heading', level: 3, text: title },
    {
      type: 'facts',
      items: answers.map((answer): readonly [string, Text] => [
        answer.question,
        [stateChip(answer), `   ${answer.about}   The company: `, ...[companySpan(answer)].flat()],
      ]),
    },
    ...(splits.length > 0 ? [splitTable(splits)] : []),
    {
      type: 'facts',
      items: [
        ...(splits.length === 0 ? [['Evidence', 'none: no source reads anything of this'] as const] : []),
        ['Not covered', beyond.length > 0 ? `${beyond.join('; ')}.` : 'nothing beyond what was not read'],
      ],
    },
  ];
}

/** One row for each system, one column for each level. */
function splitTable(splits: readonly Split[]): Block {
  const systems = [...new Set(splits.map(({ system }) => system))];
  const used = levels.filter(
    ([level]) => level === 'required' || splits.some(({ control }) => proofLevels[control]?.level === level),
  );
  return {
    type: 'table',
    columns: [{ title: 'System', heads: true }, ...used.map(([, title]) => ({ title }))],
    rows: () =>
      systems.map((system): Text[] => [
        system,
        ...used.map(([level]) =>
          cellOf(
            splits.filter((each) => each.system === system && proofLevels[each.control]?.level === level),
          ),
        ),
      ]),
  };
}

function cellOf(splits: readonly Split[]): Text {
  if (splits.length === 0) return [{ text: 'no test tells', style: 'soft' }];
  return splits.flatMap((split, n) => [...(n > 0 ? ['\n'] : []), ...splitText(split)]);
}

/** How a test came out in one system, in one line. */
export function splitText({ control, status, population: p }: Split): Exclude<Text, string> {
  const { word, tone } = statuses[status];
  const rest = [
    [p.fail, 'fail'],
    [p.excepted, 'excepted'],
    [p.noData + p.manual, 'not told'],
    [p.notApplicable, 'not concerned'],
  ].flatMap(([of, said]) => (of === 0 ? [] : [`${of} ${said}`]));
  return [
    toned(word, tone),
    ` ${p.pass} of ${p.total} pass `,
    code(control),
    ...(rest.length > 0 ? [{ text: ` (${rest.join(', ')})`, style: 'soft' as const }] : []),
  ];
}

function administrators({ judgement }: Packet): Block[] {
  const rows = administratorsOf(judgement);
  return [
    { type: 'heading', level: 3, text: 'Accounts of administrators' },
    {
      type: 'table',
      columns: [
        { title: 'System' },
        { title: 'Whose', heads: true },
        ...countColumns([
          'Accounts',
          'Required',
          'Not known',
          'Seen in sign-ins',
          'Known to resist phishing',
        ]),
      ],
      rows: () =>
        rows.map((row): Text[] => [
          row.system,
          row.sort,
          ...[row.accounts, row.required, row.untold, row.observed, row.resistsPhishing].map(count),
        ]),
    },
  ];
}

const shown = (cell: Shown): Text =>
  typeof cell === 'number' ? count(cell) : [{ text: cell, style: 'soft' }];

function coverage({ judgement }: Packet): Block[] {
  const rows = coverageOf(judgement);
  return [
    { type: 'heading', level: 3, text: 'Of whom a second factor is required' },
    paragraph(
      'Every account that was read and is not told to be switched off. Counts that would tell of fewer than five people are printed as <5, with others withheld that would give them away; failures, exceptions and administrators never are, nor are guests and what is not known.',
    ),
    ...unreadLists(judgement),
    {
      type: 'table',
      columns: [
        { title: 'System' },
        { title: 'Accounts of', heads: true },
        ...countColumns(['Accounts', 'Required', 'Not required', 'Not known']),
      ],
      rows: () =>
        rows.map((row): Text[] => [
          row.system,
          row.class,
          ...[row.accounts, row.required, row.notRequired, row.untold].map(shown),
        ]),
    },
  ];
}

/** Where a list of accounts was not wholly read, what is counted is not all. */
function unreadLists(judgement: Packet['judgement']): Block[] {
  const open = accountListsOf(judgement).filter((each) => !isTold(each));
  if (open.length === 0) return [];
  const texts = open.map(({ system, due, whole, notDue }) => {
    const left = notDue > 0 ? ` and ${notDue} were not asked for` : '';
    return `${system} (${whole} of ${due} lists of accounts were wholly read${left})`;
  });
  return [
    {
      type: 'callout',
      title: 'There may be more accounts than are counted here',
      text: `${texts.join('; ')}.`,
      tone: 'warn',
    },
  ];
}

function exclusions({ judgement }: Packet): Block[] {
  const rows = exclusionsOf(judgement);
  const result = judgement.results.find(({ control }) => control === exclusionsTest);
  return [
    { type: 'heading', level: 3, text: 'What policies leave out that ask for a second factor' },
    rows.length > 0
      ? {
          type: 'table',
          columns: [
            { title: 'Left out', heads: true },
            ...countColumns(['Of', 'Fail', 'Excepted', 'Not told', 'Not concerned']),
          ],
          rows: () =>
            rows.map(({ class: name, population: p }): Text[] => [
              name,
              ...[p.total, p.fail, p.excepted, p.noData + p.manual, p.notApplicable].map(count),
            ]),
        }
      : paragraph(
          result?.status === 'pass'
            ? 'Nothing is left out, as far as the policies were read.'
            : 'Nothing that is left out was read. That is no statement that nothing is.',
        ),
    ...(rows.some(({ population }) => population.notApplicable > 0)
      ? [
          paragraph(
            'Not concerned is what policies leave out that are not in force, or that ask for no second factor.',
          ),
        ]
      : []),
  ];
}
