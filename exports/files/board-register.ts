import type { Answer } from '../../controls/answers/answer.ts';
import { answersOf } from '../answered.ts';
import type { Block, Text } from '../documents/document.ts';
import type { Packet } from '../exporter.ts';
import { heading, paragraph } from './start-blocks.ts';

/** How much of each there is room for on one page. */
const most = { risks: 5, exceptions: 5, nights: 6, decisions: 5 } as const;

/** The company's own register of risks, first those of which somebody wants a decision, and those decisions. */
export function riskBlocks({ judgement }: Packet): Block[] {
  const { risks } = judgement.plan.declared;
  const statusOf = (id: string) => judgement.results.find(({ control }) => control === id)?.status;
  const wanted = risks.filter(({ decision }) => decision.state === 'wanted');
  const ordered = [...wanted, ...risks.filter((risk) => !wanted.includes(risk))];
  const dated = wanted.flatMap(({ title, owner, decision }) =>
    decision.state === 'wanted' ? [{ title, owner, what: decision.what, by: decision.by }] : [],
  );
  const due = dated.toSorted((a, b) => (a.by < b.by ? -1 : 1)).slice(0, most.decisions);
  return [
    heading('Decisions wanted'),
    ...(due.length === 0
      ? [paragraph('None is on record.')]
      : [
          {
            type: 'list' as const,
            numbered: true,
            items: due.map(({ title, owner, what, by }): Text => [
              { text: what, style: 'strong' },
              `, by ${by}. It is about the risk “${title}”, which is ${owner}’s.`,
            ]),
          },
          ...moreOf(dated.length, most.decisions, 'decisions'),
        ]),
    heading('Risks on the company’s own register'),
    ...(risks.length === 0
      ? [paragraph('Nobody wrote a risk into the register.')]
      : [
          {
            type: 'table' as const,
            columns: [
              { title: 'Risk, and what it would do', heads: true },
              { title: 'Tests behind it' },
              { title: 'Owner' },
              { title: 'Decision' },
            ],
            rows: () =>
              ordered
                .slice(0, most.risks)
                .map(({ title, effect, controls, owner, decision }): Text[] => [
                  [{ text: title, style: 'strong' }, `\n${effect}`],
                  testsText(controls.map(statusOf)),
                  owner,
                  decision.state === 'wanted'
                    ? [{ text: 'wanted', style: 'warn' }, ` by ${decision.by}`]
                    : `${decision.what}, by ${decision.decidedBy} on ${decision.decidedOn}: ${decision.reason}`,
                ]),
          },
          ...moreOf(risks.length, most.risks, 'risks'),
        ]),
  ];
}

/** Each state by its count, the worst first: none of them stands for all. */
function testsText(statuses: readonly (string | undefined)[]): Text {
  const count = (...wanted: (string | undefined)[]) =>
    statuses.filter((status) => wanted.includes(status)).length;
  const counted = [
    [count('fail'), 'do not hold', 'bad'],
    [count('no-data', 'manual', undefined), 'not known', 'warn'],
    [count('excepted'), 'accepted', 'warn'],
    [count('pass'), 'hold', 'good'],
    [count('not-applicable'), 'not concerned', 'mute'],
  ] as const;
  const told = counted.filter(([n]) => n > 0);
  return told.flatMap(([n, word, tone], at) => [
    ...(at === 0 ? [] : ['\n']),
    { text: `${n} of ${statuses.length} ${word}`, style: tone },
  ]);
}

/** What was accepted, by whom, until when. */
export function exceptionBlocks({ judgement }: Packet): Block[] {
  const { exceptions } = judgement.plan;
  const day = judgement.asOf.slice(0, 10);
  const ordered = exceptions.toSorted((a, b) => (a.end < b.end ? -1 : 1));
  return [
    heading('Exceptions that were accepted'),
    ...(exceptions.length === 0
      ? [paragraph('None is on record.')]
      : [
          {
            type: 'table' as const,
            columns: [
              { title: 'What was accepted, and why', heads: true },
              { title: 'Safeguard' },
              { title: 'Accepted by' },
              { title: 'Until' },
            ],
            rows: () =>
              ordered
                .slice(0, most.exceptions)
                .map((each): Text[] => [
                  [{ text: `${each.subjects.length} × ${each.class}`, style: 'strong' }, `\n${each.reason}`],
                  each.safeguard.text,
                  each.approver,
                  each.end < day ? [{ text: `ended ${each.end}`, style: 'bad' }] : each.end,
                ]),
          },
          ...moreOf(exceptions.length, most.exceptions, 'exceptions'),
        ]),
  ];
}

/** How much was read of what was due, by night. */
export function coverageBlocks({ judgement }: Packet): Block[] {
  const nights = new Map<string, { readonly due: string; all: number; whole: number }>();
  for (const { nights: due } of judgement.coverage)
    for (const night of due) {
      // What is due once a week has one row for seven nights.
      if (night.weekly) continue;
      const known = nights.get(night.slot) ?? { due: night.due, all: 0, whole: 0 };
      known.all += 1;
      if (night.complete) known.whole += 1;
      nights.set(night.slot, known);
    }
  const all = [...nights.values()].sort((a, b) => (a.due < b.due ? -1 : 1));
  const missing = all.filter(({ whole }) => whole === 0);
  const partly = all.filter(({ whole, all: due }) => whole > 0 && whole < due);
  const whole = all.length - missing.length - partly.length;
  const list = (some: typeof all) => {
    const days = some.slice(-most.nights).map(({ due }) => due.slice(0, 10));
    const rest = some.length - days.length;
    return `${days.join(', ')}${rest > 0 ? ` and ${rest} before these` : ''}`;
  };
  return [
    heading('How much was read'),
    {
      type: 'facts',
      items: [
        ['Whole nights', `${whole} of ${all.length} nights that were due in the last 30 days`],
        [
          'Read in part',
          partly.length === 0
            ? 'none'
            : `${partly.length} of ${all.length}: ${list(partly)}. What was not read is in no good answer here.`,
        ],
        [
          'Missing nights',
          missing.length === 0 ? 'none' : `${missing.length} of ${all.length}: ${list(missing)}`,
        ],
      ],
    },
  ];
}

const askers = [
  ['insurer', 'Insurers ask'],
  ['auditor', 'Auditors ask'],
] as const;

/** What insurers and auditors are likely to ask, and how much of it can be answered from what was read. */
export function readinessBlocks({ judgement }: Packet): Block[] {
  const answers = answersOf(judgement);
  return [
    heading('If somebody asked tomorrow'),
    {
      type: 'facts',
      items: askers.map(([questionnaire, term]) => [
        term,
        askedText(answers.filter((answer) => answer.questionnaire === questionnaire)),
      ]),
    },
  ];
}

function askedText(answers: readonly Answer[]): Text {
  const count = (...states: Answer['state'][]) =>
    answers.filter(({ state }) => states.includes(state)).length;
  const contradicted = count('contradicted');
  return [
    ...(contradicted > 0
      ? [
          {
            text: `${contradicted} of ${answers.length} answered by the company otherwise than the evidence shows`,
            style: 'bad' as const,
          },
          '; ',
        ]
      : []),
    `${count('supported-yes', 'qualified')} of ${answers.length} shown, wholly or with limits; ${count('supported-no')} shown not to be so; ${count('partial-evidence', 'stale')} shown in part; ${count('person-only')} for a person to answer.`,
  ];
}

function moreOf(all: number, shown: number, what: string): Block[] {
  return all > shown ? [paragraph(`${all - shown} further ${what} are on record.`)] : [];
}
