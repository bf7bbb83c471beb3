import type { Judgement } from '../judge.ts';
import { factsOf, type Earlier } from './earlier.ts';

type Facts = ReturnType<typeof factsOf>;
type AnswerThen = Facts['answers'][number];
type TestThen = Facts['tests'][number];

/**
 * What became of something, in the order in which it is to be read. What is told less than it was is no better for it,
 * whatever it was.
 */
export const changeKinds = ['worse', 'less-told', 'better', 'other'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What became of something since the last application; one of the two is `null` where it was not there. */
export interface Changed<T> {
  readonly change: ChangeKind;
  readonly then: T | null;
  readonly now: T | null;
}

export interface Changes {
  readonly answers: readonly Changed<AnswerThen>[];
  readonly tests: readonly Changed<TestThen>[];
  readonly exceptions: { readonly then: number; readonly now: number };
  /** Kinds of systems that are read now and were not, and the other way round. */
  readonly systems: { readonly more: readonly string[]; readonly fewer: readonly string[] };
}

/** What is otherwise than it was, what worsened first; what is as it was is left out. */
export function changesSince(earlier: Earlier, judgement: Judgement): Changes {
  const now = factsOf(judgement);
  return {
    answers: changed(earlier.answers, now.answers, ({ question }) => question, answerChange),
    tests: changed(earlier.tests, now.tests, ({ control }) => control, testChange),
    exceptions: { then: earlier.exceptions, now: now.exceptions },
    systems: {
      more: now.systems.filter((each) => !earlier.systems.includes(each)),
      fewer: earlier.systems.filter((each) => !now.systems.includes(each)),
    },
  };
}

function changed<T>(
  before: readonly T[],
  after: readonly T[],
  idOf: (of: T) => string,
  changeOf: (then: T, now: T) => ChangeKind,
): Changed<T>[] {
  const ids = new Set([...after, ...before].map(idOf));
  return [...ids]
    .flatMap((id): Changed<T>[] => {
      const then = before.find((each) => idOf(each) === id) ?? null;
      const now = after.find((each) => idOf(each) === id) ?? null;
      if (JSON.stringify(then) === JSON.stringify(now)) return [];
      return [{ change: then && now ? changeOf(then, now) : 'other', then, now }];
    })
    .sort((a, b) => changeKinds.indexOf(a.change) - changeKinds.indexOf(b.change));
}

/** What the evidence shows, the worst first. Any other state is one in which it does not show an answer. */
const shown = ['contradicted', 'supported-no', 'qualified', 'supported-yes'];

function answerChange(then: AnswerThen, now: AnswerThen): ChangeKind {
  const [was, is] = [shown.indexOf(then.state), shown.indexOf(now.state)];
  if (is < 0) return was < 0 ? 'other' : 'less-told';
  const isNo = is <= shown.indexOf('supported-no');
  if (was < 0) return isNo ? 'worse' : 'better';
  return is < was ? 'worse' : is > was ? 'better' : 'other';
}

/** An accepted failure is one. */
const failing = ({ fail, excepted }: TestThen) => fail + excepted;
const isTold = ({ status }: TestThen) => status !== 'no-data' && status !== 'manual';

function testChange(then: TestThen, now: TestThen): ChangeKind {
  if (failing(now) > failing(then) || (now.status === 'fail' && then.status !== 'fail')) return 'worse';
  if (now.untold > then.untold || (now.isOpen && !then.isOpen) || (isTold(then) && !isTold(now)))
    return 'less-told';
  // What is counted no more got no better, whether it was mended or is read no more.
  if (now.N < then.N && failing(then) - failing(now) > now.n - then.n) return 'other';
  if (now.status === 'not-applicable') return 'other';
  const isBetter = failing(now) < failing(then) || now.untold < then.untold || (!isTold(then) && isTold(now));
  return isBetter ? 'better' : 'other';
}
