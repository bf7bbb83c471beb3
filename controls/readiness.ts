import type { Answer } from './answers/answer.ts';
import { firstSentence } from './answers/words.ts';
import type { Control, Severity } from './control.ts';
import type { DeclaredSystem, Exception } from './declarations.ts';
import { outsideKinds, type Questionnaire } from './questionnaire.ts';
import type { Result } from './result.ts';

/** Something that whoever asks is likely to ask today. */
export interface LikelyQuestion {
  readonly kind: (typeof order)[number];
  /** Of the control that it is about; `null` where it is about none. */
  readonly severity: Severity | null;
  /** Who: those whose questionnaires it comes from. */
  readonly asked: readonly string[];
  readonly asks: string;
  /** What there is to see today. */
  readonly because: string;
  readonly answeredBy: string;
  /** Ids of the questions that it comes from. */
  readonly questions: readonly string[];
}

/** What is asked first: what contradicts or is in doubt, then what fails, what is missing, what ends, what nobody said. */
const order = [
  'contradicted',
  'stale',
  'doubtful',
  'failing',
  'missing',
  'expiring',
  'undeclared',
  'unanswered',
] as const;
const severities: readonly (Severity | null)[] = ['critical', 'high', 'medium', 'low', null];
const askers: Readonly<Record<string, string>> = {
  insurer: 'an underwriter',
  auditor: 'an auditor',
  vendor: 'a customer',
};

/** An exception that ends within so many days is asked about. */
const soonDays = 30;

export interface Today {
  readonly asOf: string;
  readonly answers: readonly Answer[];
  readonly results: readonly Result[];
  readonly controls: readonly Control[];
  readonly questionnaires: readonly Questionnaire[];
  readonly systems: readonly DeclaredSystem[];
  readonly exceptions: readonly Exception[];
}

/** The likely questions of today, what is asked first at the head. It predicts nothing of what anybody decides. */
export function likelyQuestions(today: Today): LikelyQuestion[] {
  const rank = ({ kind, severity, questions }: LikelyQuestion) =>
    [order.indexOf(kind), severities.indexOf(severity), -questions.length] as const;
  return [
    ...disputed(today),
    ...stale(today),
    ...judged(today),
    ...expiring(today),
    ...undeclared(today),
    ...unanswered(today),
  ]
    .map((each) => ({ each, rank: rank(each) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2])
    .map(({ each }) => each);
}

function from(answers: readonly Answer[]): Pick<LikelyQuestion, 'asked' | 'questions'> {
  return {
    asked: [...new Set(answers.map(({ questionnaire }) => askers[questionnaire] ?? questionnaire))],
    questions: answers.map(({ question }) => question),
  };
}

/** Answers of the company that the evidence shows to be otherwise, or that something which bears on them speaks against. */
function disputed({ answers }: Today): LikelyQuestion[] {
  const asks = {
    contradicted: (about: string) => `Why does your answer to “${about}” differ from what the systems show?`,
    doubtful: (about: string) => `How do you know that your answer to “${about}” holds?`,
  };
  return (['contradicted', 'doubtful'] as const).flatMap((kind) =>
    answers.flatMap((answer) => {
      const said = answer.stored.filter(({ holds }) => holds === kind);
      if (said.length === 0) return [];
      const given = said.map(({ value, answeredOn }) => `“${[value].flat().join(', ')}” on ${answeredOn}`);
      return [
        {
          kind,
          severity: null,
          ...from([answer]),
          asks: asks[kind](answer.about),
          because: `answered ${given.join(' and ')}; ${answer.statement}`,
          answeredBy: 'Mend what fails, or correct the answer with whoever was given it',
        },
      ];
    }),
  );
}

function stale({ answers, asOf }: Today): LikelyQuestion[] {
  const old = answers.filter(({ state }) => state === 'stale');
  if (old.length === 0) return [];
  return [
    {
      kind: 'stale',
      severity: null,
      ...from(old),
      asks: 'How are things now?',
      because: `the newest evidence is of ${asOf}`,
      answeredBy: 'Run exhibit collect, or find out why the nights since were not read',
    },
  ];
}

/** What fails, and what could not be told, control by control. */
function judged({ answers, results, controls }: Today): LikelyQuestion[] {
  return results.flatMap((result): LikelyQuestion[] => {
    const control = controls.find(({ id }) => id === result.control);
    if (!control || (result.status !== 'fail' && result.status !== 'no-data')) return [];
    const named = answers.filter((answer) => answer.evidence.includes(control.id));
    const { population: p, because, severity } = result;
    const about = { severity, ...from(named) };
    if (result.status === 'fail')
      return [
        {
          kind: 'failing',
          ...about,
          asks: `Why does this not hold: “${firstSentence(control.assertion)}”`,
          because: `${control.id}: ${p.fail} of ${p.total} ${control.population} fail`,
          answeredBy: control.remedy,
        },
      ];
    const reasons = because.slice(0, 3).join('; ');
    return [
      {
        kind: 'missing',
        ...about,
        asks: `How can you show this: “${firstSentence(control.assertion)}”`,
        because: `${control.id}: ${reasons === '' ? `${p.noData} of ${p.total} could not be told` : reasons}`,
        answeredBy: 'Grant or connect what the reason names, or hand over other evidence',
      },
    ];
  });
}

function expiring({ exceptions, asOf, answers }: Today): LikelyQuestion[] {
  const today = asOf.slice(0, 10);
  const soon = new Date(Date.parse(today) + soonDays * 86_400_000).toISOString().slice(0, 10);
  return exceptions
    .filter(({ end }) => end <= soon)
    .map(({ id, control, end, owner, class: name }) => ({
      kind: 'expiring' as const,
      severity: null,
      ...from(answers.filter((answer) => answer.evidence.includes(control))),
      asks: `What comes after the accepted failure ${id} (${name})?`,
      because: `it ${end < today ? 'ended' : 'ends'} on ${end}, and ${control} rests on it`,
      answeredBy: `${owner} mends it, or has it accepted again before that day`,
    }));
}

/** Kinds of systems that are asked about, of which nobody said whether there are any. */
function undeclared({ questionnaires, systems, answers }: Today): LikelyQuestion[] {
  return Object.entries(outsideKinds).flatMap(([kind, words]): LikelyQuestion[] => {
    if (systems.some(({ id }) => id === kind)) return [];
    const ids = new Set(
      questionnaires.flatMap(({ questions }) =>
        questions.filter(({ outside }) => outside.includes(kind)).map(({ id }) => id),
      ),
    );
    return [
      {
        kind: 'undeclared',
        severity: null,
        ...from(answers.filter(({ question }) => ids.has(question))),
        asks: `Have you any ${words}?`,
        because: 'nobody declared whether there are any, and no source reads them',
        answeredBy: `Declare the system ${kind}: absent, not read, or answered by hand`,
      },
    ];
  });
}

function unanswered({ answers }: Today): LikelyQuestion[] {
  return answers
    .filter(({ state, stored }) => state === 'person-only' && stored.length === 0)
    .map((answer) => ({
      kind: 'unanswered' as const,
      severity: null,
      ...from([answer]),
      asks: answer.about,
      because: 'no evidence of ours can answer it, and no answer is on file',
      answeredBy: answer.person ?? 'A person of the company',
    }));
}
