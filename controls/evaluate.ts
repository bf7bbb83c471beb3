import type { Contradiction, Subjects } from '../evidence-model/subject.ts';
import { needsOf, type Control, type Need } from './control.ts';
import type { DeclaredSystem, Exception } from './declarations.ts';
import type { ReviewPopulation } from './declared/review.ts';
import { noData, worst } from './finding.ts';
import { judgePart, verdictOf } from './judge-part.ts';
import { tally, type Result, type Verdict } from './result.ts';
import { shortfalls, type Reading } from './readings.ts';

export interface Evidence {
  readonly asOf: string;
  readonly sources: readonly { readonly id: string; readonly collector: string }[];
  readonly systems: readonly DeclaredSystem[];
  readonly readings: readonly Reading[];
  readonly subjects: Subjects;
  /** Whom earlier readings found, where a review went through them. */
  readonly populations?: readonly ReviewPopulation[];
  /** What other controls say, for those over what rests on them. */
  readonly outcomes?: readonly Pick<Result, 'control' | 'status' | 'severity'>[];
}

/**
 * Judges one control over a whole population. Nothing passes without evidence: a subject passes only where every
 * partition that it is due in is complete, a result only where all of them are; what could be read and fails, fails.
 */
export function evaluate(control: Control, parameters: unknown, evidence: Evidence): Result {
  const concerned = evidence.sources.filter(({ collector }) => control.collectors.includes(collector));
  if (concerned.length === 0) return unconnected(control, evidence.systems);

  const given = control.parameters.parse(parameters ?? {});
  const parts = control.parts.map((part) => {
    const { collectors = control.collectors } = part;
    const about = concerned.filter(({ collector }) => collectors.includes(collector));
    return judgePart(control, part, evidence, { concerned: about, given });
  });
  // What may be of several parts is one row all the same.
  const unplaced = new Map(parts.flatMap((part) => [...part.unplaced]));
  const verdicts = [
    ...parts.flatMap((part) => part.verdicts),
    ...[...unplaced].map(([subject, why]) =>
      verdictOf(subject, noData(`what sort of thing it is, is not known: ${why}`), []),
    ),
  ];

  const ids = new Set(concerned.map(({ id }) => id));
  const needs = needsOf(control);
  const because = [
    ...new Set([
      ...parts.flatMap(({ readings }) => shortfalls(readings)),
      ...evidence.subjects.contradictions
        .filter((each) => concernsAny(each, needs, ids))
        .map(contradictionText),
      ...parts.flatMap((part) => part.because),
    ]),
  ];
  const status = worst([
    ...(because.length > 0 ? (['no-data'] as const) : []),
    ...verdicts.map((each) => each.status),
  ]);
  return {
    control: control.id,
    status,
    severity: control.severity,
    population: tally(verdicts),
    because:
      because.length === 0 && verdicts.length === 0 ? [`there are none: ${control.population}`] : because,
    verdicts,
  };
}

/** Turns failures into accepted ones where a live exception says so and its safeguard holds, then counts again. */
export function except(
  result: Result,
  exceptions: readonly Exception[],
  asOf: string,
  holds: (control: string) => boolean,
): Result {
  const day = asOf.slice(0, 10);
  const mine = exceptions.filter(({ control }) => control === result.control);
  const verdicts = result.verdicts.map((verdict) => {
    if (verdict.status !== 'fail') return verdict;
    const found = mine.filter((exception) => isAbout(exception, verdict, result.verdicts));
    const refusals = found.map((exception) => refusalOf(exception, day, holds));
    const live = found.find((_, n) => refusals[n] === null);
    if (live) {
      const { id, end, safeguard } = live;
      const accepted = `accepted until ${end} by exception ${id} (${live.class}); safeguard: ${safeguard.text}`;
      return { ...verdict, status: 'excepted' as const, reason: `${verdict.reason}; ${accepted}` };
    }
    const why = refusals.flatMap((refusal) => refusal ?? []);
    return { ...verdict, reason: [verdict.reason, ...why].join('; ') };
  });
  const accepted = verdicts.some(({ status }) => status === 'excepted');
  // Where nothing was accepted the result is as it was: a population that nobody could read stays one.
  if (!accepted) return { ...result, verdicts };
  const incomplete = result.because.length > 0 ? (['no-data'] as const) : [];
  return {
    ...result,
    verdicts,
    population: tally(verdicts),
    status: worst([...incomplete, ...verdicts.map(({ status }) => status)]),
  };
}

/**
 * Sources number their things by themselves, and kinds theirs: an exception means a thing that nothing else is called like,
 * at the source that it names or, where it names none, at any.
 */
function isAbout({ source, subjects }: Exception, verdict: Verdict, all: readonly Verdict[]): boolean {
  if (!subjects.includes(verdict.subject)) return false;
  if (source !== undefined && source !== verdict.source) return false;
  const called = all.filter(
    (other) => other.subject === verdict.subject && (source === undefined || other.source === source),
  );
  return called.length === 1;
}

/** Why an exception does not count; `null` where it does. */
function refusalOf(
  { id, start, end, safeguard }: Exception,
  day: string,
  holds: (control: string) => boolean,
): string | null {
  if (day < start || day > end) return `exception ${id} is not in force (${start} to ${end})`;
  return safeguard.control !== undefined && !holds(safeguard.control)
    ? `exception ${id} does not hold: its safeguard ${safeguard.control} does not pass`
    : null;
}

function unconnected(control: Control, systems: readonly DeclaredSystem[]): Result {
  const absent = control.collectors.flatMap(
    (collector) =>
      systems.find((system) => system.collector === collector && system.state === 'absent') ?? [],
  );
  const all = absent.length === control.collectors.length;
  const because = all
    ? absent.map(
        ({ name, declaredBy, declaredOn }) => `${name} is declared absent by ${declaredBy} on ${declaredOn}`,
      )
    : [`no ${control.collectors.join(' or ')} source is connected, and none is declared absent`];
  return {
    control: control.id,
    status: all ? 'not-applicable' : 'no-data',
    severity: control.severity,
    population: tally([]),
    because,
    verdicts: [],
  };
}

function concernsAny(
  contradiction: Contradiction,
  needs: readonly Need[],
  sources: ReadonlySet<string>,
): boolean {
  return (
    sources.has(contradiction.source) &&
    needs.some(({ kind, fields }) => kind === contradiction.kind && fields.includes(contradiction.field))
  );
}

function contradictionText({ source, subject, field, text }: Contradiction): string {
  return `${source}: contradiction over ${field} of ${subject}: ${text}`;
}
