import type { Answer } from '../../controls/answers/answer.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { answersOf } from '../answered.ts';
import type { Packet } from '../exporter.ts';
import type { Profile } from '../profiles.ts';
import type { Finding, Release } from './statement.ts';

/** What whoever releases a packet has to stand up for. */
export interface ToSign {
  /** Answers that take initials, one by one. */
  readonly accept: readonly {
    readonly question: string;
    readonly about: string;
    readonly finding: Finding;
  }[];
  /** Questions that the company has not answered. */
  readonly open: readonly string[];
  /** Of these, what the evidence shows as a yes by itself. */
  readonly measured: readonly string[];
}

/** Whose questions a packet answers; those of all where it is not named. */
const asked: Readonly<Partial<Record<Profile, readonly string[]>>> = {
  insurer: ['insurer'],
  'vendor-questionnaire': ['vendor'],
  board: [],
  sample: [],
  'nist-csf': [],
  hipaa: [],
  iso27001: [],
};

export function questionnairesOf(profile: string): typeof questionnaires {
  const ids = Object.entries(asked).find(([of]) => of === profile)?.[1];
  return questionnaires.filter(({ id }) => ids === undefined || ids.includes(id));
}

export function toSign({ judgement, profile }: Pick<Packet, 'judgement' | 'profile'>): ToSign {
  // What an auditor asks for is handed over; nobody answers it. A signature is given on the form itself.
  const all = answersOf(judgement, judgement.asOf, questionnairesOf(profile)).filter(
    ({ type }) => type !== 'request' && type !== 'signature',
  );
  const open = all.filter(({ stored }) => stored.length === 0);
  return {
    accept: all.flatMap((answer) => {
      const finding = findingOf(answer);
      return finding === null ? [] : [{ question: answer.question, about: answer.about, finding }];
    }),
    open: open.map(({ question }) => question),
    measured: open.filter(isShown).map(({ question }) => question),
  };
}

/** Why an answer of the company takes initials; `null` where it takes none. */
function findingOf({ stored, state }: Answer): Finding | null {
  if (stored.length === 0) return null;
  const is = (...holds: readonly string[]) => stored.some((each) => holds.includes(each.holds));
  if (state === 'contradicted' || is('contradicted', 'doubtful')) return 'contradicted';
  return state === 'qualified' || is('qualified') ? 'qualified' : null;
}

const isShown = ({ drafted }: Answer) => drafted === 'supported-yes' || drafted === 'qualified';

/** Where a release does not stand up for all that its packet says; `null` where it does. */
export function unsigned({ accept, open, measured }: ToSign, { statements }: Release): string | null {
  const officer = statements.at(-1);
  if (officer?.as !== 'officer') return 'no officer released it';
  const missing = officer.steps.find((step) => !statements.some(({ as }) => as === step));
  if (missing !== undefined) return `the step of ${missing} is missing`;
  const given = officer.accepted.map(({ question, finding }) => `${question} ${finding}`);
  const wanted = accept.map(({ question, finding }) => `${question} ${finding}`);
  if (JSON.stringify(given) !== JSON.stringify(wanted))
    return 'the answers that were accepted are not those which had to be';
  const same = JSON.stringify([officer.left, officer.measured]) === JSON.stringify([open, measured]);
  return same ? null : 'the questions that were left open are not those which are';
}
