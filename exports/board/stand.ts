import { unconnectedOf, outsideOf } from '../../controls/answers/systems.ts';
import type { Answer, Measure } from '../../controls/answers/answer.ts';
import {
  board,
  boardQuestionnaire,
  gradeOf,
  type Grade,
  type Outcome,
} from '../../controls/board/outcomes.ts';
import { controls } from '../../controls/index.ts';
import { answersOf } from '../answered.ts';
import type { Judgement } from '../judge.ts';
import { isRead } from '../systems.ts';

/** One test of an outcome, counted. */
export interface Counted extends Pick<
  Measure,
  'status' | 'n' | 'N' | 'fail' | 'excepted' | 'noData' | 'manual' | 'notApplicable'
> {
  /** Its place in the outcome, from 1: names of tests tell of products. */
  readonly part: number;
  readonly says: string;
}

/** How one outcome stands by one judgement. */
export interface Standing {
  readonly outcome: Outcome;
  readonly grade: Grade;
  readonly counted: readonly Counted[];
  /** What keeps a good answer from being a bare one, and what the answer does not speak of, in words that name no product. */
  readonly limits: readonly string[];
}

/** The outcomes in the order in which they are written down. */
export function standingsOf(judgement: Judgement): Standing[] {
  const answers = answersOf(judgement, judgement.asOf, [boardQuestionnaire]);
  return board.outcomes.map((outcome) => {
    const answer = answers.find(({ question }) => question === outcome.id);
    if (!answer) throw new Error(`nothing was drafted of ${outcome.id}`);
    const { measures, drafted } = answer;
    return {
      outcome,
      grade: gradeOf(
        drafted,
        measures.map(({ status }) => status),
      ),
      counted: measures.map((measure, n) => ({
        ...measure,
        part: n + 1,
        says: outcome.counts[n]?.says ?? '',
      })),
      limits: limitsOf(outcome, answer, judgement),
    };
  });
}

function limitsOf(
  { id, counts, outside: words, doesNotCover }: Outcome,
  { exceptions, ownLimits }: Answer,
  { plan, datasets }: Judgement,
): string[] {
  const question = boardQuestionnaire.questions.find((each) => each.id === id);
  if (!question) return [];
  const { systems, sources } = plan;
  const told = new Set(datasets.filter(isRead).map(({ source }) => source));
  const known = sources.map((source) => ({ ...source, system: source.collector, read: told.has(source.id) }));
  const about = counts.flatMap(
    ({ control }) => controls.find((each) => each.id === control)?.collectors ?? [],
  );
  const others = about.filter((collector) => collector !== 'exhibit');
  const asked = outsideOf(question, systems);
  const unconnected = unconnectedOf(others, { sources: known, systems, systemName: plainName });
  const unread = known.filter(({ collector, read }) => !read && others.includes(collector));
  const accepted = exceptions.reduce((sum, { count }) => sum + count, 0);
  const outsideWords = (kinds: readonly string[]) => kinds.map((kind) => words[kind] ?? plainName(kind));
  return [
    ...listed('there and not read', outsideWords([...unconnected.present, ...asked.present])),
    ...listed('not said whether there are', outsideWords([...unconnected.undeclared, ...asked.undeclared])),
    ...listed('nothing could be read of', [...new Set(unread.map(({ collector }) => plainName(collector)))]),
    ...listed('never looked at', doesNotCover),
    ...(accepted > 0 ? [`${accepted} accepted exceptions`] : []),
    ...(ownLimits.length > 0 ? [`${ownLimits.length} limits that the company’s own policy sets`] : []),
  ];
}

function listed(what: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${what}: ${items.join(', ')}`];
}

/** What a kind of source is to people who run a company. */
export function plainName(collector: string): string {
  return board.systems[collector] ?? 'another system';
}
