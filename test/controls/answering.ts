import { answersTo, type Known } from '../../controls/answers/answers.ts';
import type { Answer } from '../../controls/answers/answer.ts';
import { controls } from '../../controls/index.ts';
import { notBuilt, outsideKinds, questionnaires, type Question } from '../../controls/questionnaire.ts';
import { tally, type Result, type Verdict } from '../../controls/result.ts';
import type { DeclaredSystem } from '../../controls/declarations.ts';
import { worst } from '../../controls/finding.ts';

export const asOf = '2026-06-30T03:00:00.000Z';

/** The result that verdicts of these statuses give, as judging would. */
export function resultFrom(
  control: string,
  statuses: readonly Verdict['status'][],
  because: readonly string[] = [],
): Result {
  const verdicts = statuses.map((status, n) => ({
    source: 'source-one',
    subject: `subject-${n}`,
    name: null,
    status,
    reason: `it is ${status}`,
    evidence: [],
  }));
  const status = worst([...(because.length > 0 ? (['no-data'] as const) : []), ...statuses]);
  return {
    control,
    status,
    severity: controls.find(({ id }) => id === control)?.severity ?? 'high',
    population: tally(verdicts),
    because: because.length === 0 && verdicts.length === 0 ? ['there are none: things'] : [...because],
    verdicts,
  };
}

/** Somebody declared that there is nothing of any kind that no source reads. */
export const nothingElse: readonly DeclaredSystem[] = Object.entries(outsideKinds).map(([id, name]) => ({
  id,
  name,
  state: 'absent',
  declaredBy: 'Olga Officer',
  declaredOn: '2026-06-01',
}));

/** What is known where every control that there is or will be passes, all was read, and nothing else exists. */
export const allGood: Known = {
  asOf,
  now: asOf,
  controls,
  results: [...controls.map(({ id }) => id), ...notBuilt].map((id) => resultFrom(id, ['pass', 'pass'])),
  sources: ['github', 'microsoft365', 'aws', 'exhibit'].map((collector) => ({
    id: `${collector}-one`,
    collector,
    system: `System ${collector}`,
    read: true,
  })),
  notDue: () => [],
  readings: ['github', 'microsoft365', 'aws'].map((collector) => ({
    collector,
    lists: questionnaires.flatMap(({ questions }) =>
      questions.flatMap(({ evidence }) => evidence?.kinds ?? []),
    ),
    complete: true,
  })),
  systems: nothingElse,
  exceptions: [],
  policy: {},
  systemName: (collector) => `System ${collector}`,
  stored: [],
};

export const allQuestions: readonly Question[] = questionnaires.flatMap(({ questions }) => questions);

export function questionOf(id: string): Question {
  const found = allQuestions.find((question) => question.id === id);
  if (!found) throw new Error(`there is no question ${id}`);
  return found;
}

/** The answer to one question, with some of what is known otherwise. */
export function answerTo(id: string, known: Partial<Known> = {}): Answer {
  const asked = [{ id: 'asked', title: 'Asked', topics: [], questions: [questionOf(id)] }];
  const [answer] = answersTo(asked, { ...allGood, ...known });
  if (!answer) throw new Error(`nothing answers ${id}`);
  return answer;
}

/** The results, with those of some controls replaced. */
export function withResults(...replaced: readonly Result[]): Result[] {
  const ids = new Set(replaced.map(({ control }) => control));
  return [...allGood.results.filter(({ control }) => !ids.has(control)), ...replaced];
}

export function withoutResult(control: string): Result[] {
  return allGood.results.filter((result) => result.control !== control);
}
