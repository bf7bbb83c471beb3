import type { Control } from '../control.ts';
import type { DeclaredSystem, Exception, StoredAnswer } from '../declarations.ts';
import type { Question, Questionnaire } from '../questionnaire.ts';
import type { Result } from '../result.ts';
import type { AcceptedClass, Answer, AnswerState, Drafted, TestedAnswer } from './answer.ts';
import { draft, draftOfRequest, supportOf } from './draft.ts';
import { acceptedIn, measureOf } from './measures.ts';
import { statementOf } from './statement.ts';
import { testStored } from './stored.ts';
import {
  coveredOf,
  notCoveredOf,
  outsideOf,
  unconnectedOf,
  unconnectedTexts,
  wordsOf,
  type KnownSource,
} from './systems.ts';

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
  /** What would list things of these kinds at a source and was not due. */
  readonly notDue: (kinds: readonly string[]) => readonly string[];
  readonly systems: readonly DeclaredSystem[];
  /** What people call a kind of source, also one that nobody connected. */
  readonly systemName: (collector: string) => string;
  readonly exceptions: readonly Exception[];
  /** What the policy sets, by control and parameter. */
  readonly policy: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly stored: readonly StoredAnswer[];
  /** Evidence that is older says nothing of now. 36 unless said; a form that is printed may rest on 30 days. */
  readonly maxAgeHours?: number;
}

/** What is known of one control, looked at once for all questions that it bears on. */
interface Judged {
  readonly result: Result | undefined;
  readonly text: Control | undefined;
  readonly ownLimits: readonly string[];
  readonly accepted: readonly AcceptedClass[];
  readonly reasons: readonly string[];
}

/** One answer for each question. The same judgement gives the same answers. */
export function answersTo(questionnaires: readonly Questionnaire[], known: Known): Answer[] {
  const textOf = (control: string) => known.controls.find(({ id }) => id === control);
  const judged = new Map(
    known.results.map((result): [string, Judged] => [
      result.control,
      {
        result,
        text: textOf(result.control),
        ownLimits: ownLimitsOf(textOf(result.control), known.policy[result.control]),
        accepted: acceptedIn(result, known.exceptions, known.asOf),
        reasons: reasonsOf(result),
      },
    ]),
  );
  const of = (control: string): Judged =>
    judged.get(control) ?? {
      result: undefined,
      text: textOf(control),
      ownLimits: [],
      accepted: [],
      reasons: ['there is no such test yet'],
    };
  return questionnaires.flatMap(({ id, questions }) =>
    questions.map((question) => answerTo(id, question, known, of)),
  );
}

function answerTo(
  questionnaire: string,
  question: Question,
  known: Known,
  of: (control: string) => Judged,
): Answer {
  const { evidence, type } = question;
  const supported = (evidence?.controls ?? []).map((bearing) => {
    const { text, ...judged } = of(bearing.control);
    // A limit that the company set for itself need not be the one that is asked about.
    const tolerant = (text?.tolerant ?? false) || judged.ownLimits.length > 0;
    return { bearing, text, ...judged, tolerant };
  });
  const notDue = known.notDue(evidence?.kinds ?? []);
  const lists = known.readings.filter((reading) =>
    reading.lists.some((kind) => evidence?.kinds.includes(kind)),
  );
  const about = [...supported.flatMap(({ text }) => text?.collectors ?? []), ...(evidence?.collectors ?? [])];
  const collectors = new Set([...about, ...lists.map(({ collector }) => collector)]);
  const asked = outsideOf(question, known.systems);
  const unconnected = unconnectedOf(about, known);
  const outside = {
    ...asked,
    undeclared: [...asked.undeclared, ...unconnected.undeclared],
    present: [...asked.present, ...unconnected.present],
  };
  const drafted =
    type === 'request'
      ? draftOfRequest(question, supported, { lists, notDue }, outside)
      : draft(question, supported, outside);
  const measures = supported.map(({ bearing, result, text }) => measureOf(bearing, result, text));
  const stored = known.stored
    .filter((each) => each.question === question.id)
    .map((each) => testStored(each, question, { drafted, outside, supported }));
  const untold = supported.filter((each) => supportOf(each) === 'untold' || isOpen(each.result));
  const shown = [...new Set(measures.filter(({ n }) => n > 0).flatMap(({ level }) => level ?? []))];
  const facts = {
    asOf: known.asOf,
    type,
    covers: evidence && { what: evidence.covers, systems: coveredOf(known.sources, collectors) },
    doesNotCover: [
      ...unconnectedTexts(unconnected, known),
      ...notCoveredOf(question, asked, known, collectors),
    ],
    ownLimits: supported.flatMap(({ ownLimits }) => ownLimits),
    untold: [
      ...untold.flatMap(({ bearing, reasons }) => reasons.map((reason) => `${bearing.control}: ${reason}`)),
      ...unlisted(question, lists),
      ...notDue,
    ],
    measures,
    exceptions: supported.flatMap(({ accepted }) => accepted),
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
    outside: wordsOf(outside, known.systemName),
    untoldControls: untold.map(({ bearing }) => bearing.control),
    proof: { needed: evidence?.level ?? null, shown },
    ...facts,
    evidence: supported.flatMap(({ result }) => result?.control ?? []),
    stored,
  };
}

/** Which of its parameters the policy sets to something else than is usual. */
function ownLimitsOf(control: Control | undefined, policy: Known['policy'][string] = {}): string[] {
  if (!control) return [];
  const usual = control.parameters.parse({});
  return Object.entries(control.parameters.parse(policy))
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]))
    .map(([name]) => `${control.id}: ${name}`);
}

/** What stands against an answer beats what speaks for it: a contradiction first, then its age. */
function stateOf(drafted: Drafted, stored: readonly TestedAnswer[], stale: boolean): AnswerState {
  if (stored.some(({ holds }) => holds === 'contradicted')) return 'contradicted';
  return stale && drafted !== 'person-only' ? 'stale' : drafted;
}

function isStale({ asOf, now, maxAgeHours = 36 }: Known): boolean {
  return Date.parse(now) - Date.parse(asOf) > maxAgeHours * 3_600_000;
}

/** Whether some of it could not be told, whatever else it shows. */
function isOpen(result: Result | undefined): boolean {
  if (!result || result.status === 'not-applicable') return false;
  return result.because.length > 0 || result.population.noData + result.population.manual > 0;
}

/** So many reasons of a result, and of its verdicts, are told; the rest stand with them. */
const told = { result: 6, verdicts: 3 };

/** Why a control could not be told, or not for all: of the whole, then of those that it is about. */
function reasonsOf({ because, population: p, verdicts }: Result): string[] {
  const more = because.length - told.result;
  const open = p.noData + p.manual;
  const found = new Set<string>();
  for (const { status, reason } of verdicts) {
    if (status === 'no-data' || status === 'manual') found.add(reason);
    if (found.size === told.verdicts) break;
  }
  return [
    ...because.slice(0, told.result),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(open > 0 ? [`${open} of ${p.total}, such as: ${[...found].join('; ')}`] : []),
    ...(because.length + open === 0 ? [`it is about none of ${p.total}`] : []),
  ];
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
