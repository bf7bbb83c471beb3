import { z } from 'zod';
import type { Drafted } from '../answers/answer.ts';
import { Bearing, Question, type Questionnaire } from '../questionnaire.ts';
import { worst, type Status } from '../finding.ts';
import data from './outcomes.json' with { type: 'json' };

/** How an outcome stands, from best to worst. */
export const grades = ['safe', 'limited', 'unknown', 'possible', 'unsafe'] as const;
export const Grade = z.enum(grades);
export type Grade = z.output<typeof Grade>;

const text = z.string().min(1);

/** One question of people who run a company, in their words, with the tests that it rests on. */
const Outcome = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  asks: text,
  /** The answer for each way in which it can stand. */
  words: z.record(Grade, text),
  reach: z.enum(['whole', 'part']),
  covers: text,
  /** What is counted, each as what is true of those that pass. */
  counts: z.array(Bearing.extend({ says: text })).min(1),
  /** Kinds of systems that no source reads, each in words that name no product. */
  outside: z.record(z.string(), text),
  doesNotCover: z.array(text),
  /** What it costs to leave things so: in words, because nobody here knows a sum. */
  leaving: text,
});
export type Outcome = z.output<typeof Outcome>;

const Board = z.strictObject({
  /** What kinds of sources are to people who run a company. */
  systems: z.record(z.string(), text),
  outcomes: z.array(Outcome),
});

export const board = Board.parse(data);

/** The same as a questionnaire, so that one way of drafting answers serves both. */
export const boardQuestionnaire: Questionnaire = {
  id: 'board',
  title: 'Outcomes for a board',
  topics: [],
  questions: board.outcomes.map(({ id, asks, reach, covers, counts, outside, doesNotCover }) =>
    Question.parse({
      ...{ id, about: asks, type: 'yes-no', outside: Object.keys(outside), doesNotCover },
      evidence: {
        ...{ reach, covers },
        controls: counts.map(({ control, weight, mayBeNone }) => ({ control, weight, mayBeNone })),
      },
    }),
  ),
};

const drafts: Readonly<Record<Drafted, Grade>> = {
  'supported-yes': 'safe',
  qualified: 'limited',
  'partial-evidence': 'unknown',
  'person-only': 'unknown',
  'supported-no': 'unsafe',
};

/** What a result alone keeps an outcome from being better than. */
const floors: Readonly<Record<Status, Grade>> = {
  fail: 'possible',
  'no-data': 'unknown',
  manual: 'unknown',
  excepted: 'limited',
  pass: 'safe',
  'not-applicable': 'safe',
};

/** How an outcome stands: never better than what is drafted of it, nor than its worst result. One that is missing is no result. */
export function gradeOf(drafted: Drafted, statuses: readonly (Status | null)[]): Grade {
  const status = worst(statuses.map((each) => each ?? 'no-data'));
  return worseOf(drafts[drafted], floors[status]);
}

export function worseOf(a: Grade, b: Grade): Grade {
  return grades.indexOf(a) > grades.indexOf(b) ? a : b;
}
