import type { Control } from '../control.ts';
import type { DeclaredSystem, Exception, StoredAnswer } from '../declarations.ts';
import type { Question, Questionnaire } from '../questionnaire.ts';
import type { Result } from '../result.ts';
import type { Answer, AnswerState, Drafted, TestedAnswer } from './answer.ts';
import { draft, draftOfRequest, supportOf, type Supported } from './draft.ts';
import { acceptedIn, measureOf } from './measures.ts';
import { statementOf } from './statement.ts';
import { testStored } from './stored.ts';
import { coveredOf, inWords, notCoveredOf, outsideOf, type KnownSource } from './systems.ts';

/** What was read of one dataset that was due. */
export interface KnownReading {
  readonly collector: string;
  /** The kinds of things that it lists. */
  readonly lists: readonly string[];
  readonly complete: boolean;
}

/** All that answers follow from: one judgement, and what the company said. */
export interface Known {
  readonly asOf: string;
  /** The reader's now. */
  readonly now: string;
  readonly results: readonly Result[];
  readonly controls: readonly Control[];
  readonly sources: readonly KnownSource[];
  readonly readings: readonly KnownReading[];
  readonly systems: readonly DeclaredSystem[];
  readonly exceptions: readonly Exception[];
  readonly stored: readonly StoredAnswer[];
  /** Evidence that is older says nothing of now. 36 unless said; a form that is printed may rest on 30 days. */
  readonly maxAgeHours?: number;
}

/** One answer for each question. The same judgement gives the same answers. */
export function answersTo(questionnaires: readonly Questionnaire[], known: Known): Answer[] {
  const results = new Map(known.results.map((result) => [result.control, result]));
  const controls = new Map(known.controls.map((control) => [control.id, control]));
  return questionnaires.flatMap(({ id, questions }) =>
    questions.map((question) => answerTo(id, question, known, results, controls)),
  );
}

function answerTo(
  questionnaire: string,
  question: Question,
  known: Known,
  results: ReadonlyMap<string, Result>,
  controls: ReadonlyMap<string, Control>,
): Answer {
  const { evidence, type } = question;
  const supported = (evidence?.controls ?? []).map((bearing) => ({
    bearing,
    result: results.get(bearing.control),
    tolerant: controls.get(bearing.control)?.tolerant ?? false,
  }));
  const lists = known.readings.filter((reading) =>
    reading.lists.some((kind) => evidence?.kinds.includes(kind)),
  );
  const collectors = new Set([
    ...supported.flatMap(({ bearing }) => controls.get(bearing.control)?.collectors ?? []),
    ...lists.map(({ collector }) => collector),
  ]);
  const outside = outsideOf(question, known.systems);
  const drafted =
    type === 'request'
      ? draftOfRequest(question, supported, lists, outside)
      : draft(question, supported, outside);
  const measures = supported.map(({ bearing, result }) =>
    measureOf(bearing, result, controls.get(bearing.control)),
  );
  const stored = known.stored
    .filter((each) => each.question === question.id)
    .map((each) => testStored(each, question, drafted, (control) => results.get(control)));
  const shown = [...new Set(measures.filter(({ n }) => n > 0).flatMap(({ level }) => level ?? []))];
  const facts = {
    asOf: known.asOf,
    type,
    covers: evidence && { what: evidence.covers, systems: coveredOf(known.sources, collectors) },
    doesNotCover: notCoveredOf(question, outside, known, collectors),
    untold: evidence ? [...supported.flatMap(untoldOf), ...unlisted(question, lists)] : [],
    measures,
    exceptions: supported.flatMap(({ result }) =>
      result ? acceptedIn(result, known.exceptions, known.asOf) : [],
    ),
    files: evidence?.files ?? [],
    person: question.person ?? null,
  };
  return {
    questionnaire,
    question: question.id,
    about: question.about,
    references: question.references,
    state: stateOf(drafted, stored, isStale(known)),
    drafted,
    statement: statementOf({ ...facts, personOnly: evidence === null }),
    neverCovered: question.doesNotCover,
    outside: inWords(outside),
    untoldControls: supported
      .filter((each) => untoldOf(each).length > 0)
      .map(({ bearing }) => bearing.control),
    proof: { needed: evidence?.level ?? null, shown },
    ...facts,
    evidence: supported.flatMap(({ result }) => result?.control ?? []),
    stored,
  };
}

/** What stands against an answer beats what speaks for it: a contradiction first, then its age. */
function stateOf(drafted: Drafted, stored: readonly TestedAnswer[], stale: boolean): AnswerState {
  if (stored.some(({ holds }) => holds === 'contradicted')) return 'contradicted';
  return stale && drafted !== 'person-only' ? 'stale' : drafted;
}

function isStale({ asOf, now, maxAgeHours = 36 }: Known): boolean {
  return Date.parse(now) - Date.parse(asOf) > maxAgeHours * 3_600_000;
}

/** So many reasons of one control are told; the rest stand with its result. */
const reasonsTold = 6;

function untoldOf(supported: Supported): string[] {
  const { control } = supported.bearing;
  const { result } = supported;
  if (!result) return [`${control}: there is no such test yet`];
  const support = supportOf(supported);
  if (support === 'none') return [];
  const { because, population: p } = result;
  const more = because.length - reasonsTold;
  if (because.length > 0)
    return [
      ...because.slice(0, reasonsTold).map((reason) => `${control}: ${reason}`),
      ...(more > 0 ? [`${control}: and ${more} more`] : []),
    ];
  const open = p.noData + p.manual;
  if (open > 0) return [`${control}: ${open} of ${p.total}`];
  return support === 'untold' ? [`${control}: it is about none of ${p.total}`] : [];
}

/** Kinds of which nothing that was due makes a list, and lists that are not whole. */
function unlisted({ evidence }: Question, lists: readonly KnownReading[]): string[] {
  const kinds = evidence?.kinds ?? [];
  const missing = kinds.filter((kind) => !lists.some((reading) => reading.lists.includes(kind)));
  const open = lists.filter(({ complete }) => !complete).length;
  return [
    ...missing.map((kind) => `nothing that was due lists ${kind}`),
    ...(open > 0 ? [`${open} of ${lists.length} lists were not wholly read`] : []),
  ];
}
