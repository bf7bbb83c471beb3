import type { Contradiction, Subject, Subjects } from '../evidence-model/subject.ts';
import type { Context, Control, Need, View } from './control.ts';
import type { DeclaredSystem, Exception } from './declarations.ts';
import { worst, type Finding } from './finding.ts';
import { tally, type Result, type Verdict } from './result.ts';
import { blameFor, isAskedOf, openIn, settle, shortfalls, type Due, type Reading } from './readings.ts';
import { viewOf, type Blame } from './view.ts';

export interface Evidence {
  readonly asOf: string;
  readonly sources: readonly { readonly id: string; readonly collector: string }[];
  readonly systems: readonly DeclaredSystem[];
  readonly readings: readonly Reading[];
  readonly subjects: Subjects;
}

/**
 * Judges one control over a whole population. Nothing passes without evidence: a subject passes only where every
 * partition that it is due in is complete, a result only where all of them are; what could be read and fails, fails.
 */
export function evaluate(control: Control, parameters: unknown, evidence: Evidence): Result {
  const concerned = evidence.sources.filter(({ collector }) => control.collectors.includes(collector));
  if (concerned.length === 0) return unconnected(control, evidence.systems);

  const ids = new Set(concerned.map(({ id }) => id));
  const needs = [control.over, ...Object.values(control.related)];
  const readings = evidence.readings.filter(
    (reading) => ids.has(reading.source) && needs.some((need) => isAskedOf(reading, need)),
  );
  const relations = Object.entries(control.related).map(([name, need]) => ({
    name,
    need,
    ...indexOf(evidence.subjects.of(need.kind), need.by),
  }));
  const strays = new Map(
    concerned.map(({ id }) => {
      const here = readings.filter(({ source }) => source === id);
      return [
        id,
        [...unspoken(here, needs), ...relations.flatMap(({ need, stray }) => strayed(need, stray, id))],
      ];
    }),
  );
  const context = {
    parameters: control.parameters.parse(parameters ?? {}),
    asOf: evidence.asOf,
  };

  const wholes = new Map(
    [...ids].map((source) => {
      const found = relations
        .filter(({ need }) => need.by === undefined)
        .flatMap(({ index }) => index.get(keyOf(source, '')) ?? []);
      return [source, { due: dueOf(found), made: new Map<string, unknown>() }] as const;
    }),
  );
  /** What may be looked at for one subject, or of the source as a whole. */
  const lookingAt = (source: string, subject: Subject | null) => {
    const here = readings.filter((reading) => reading.source === source);
    const lost = strays.get(source) ?? [];
    const read = new Map<string, Verdict['evidence'][number]>();
    const touched = subject ? [subject] : [];
    const relatives = new Map(
      relations.map(({ name, need, index }) => {
        const id = need.by === undefined ? '' : subject?.id;
        const found = id === undefined ? [] : (index.get(keyOf(source, id)) ?? []);
        if (need.by !== undefined) touched.push(...found);
        return [name, { need, found }] as const;
      }),
    );
    const due = dueOf(touched, wholes.get(source)?.due);
    const blame: Blame = (kind, field, id) => blameFor(here, kind, field, id, due);
    const related: Context['related'] = (name) => {
      const relative = relatives.get(name);
      if (!relative) throw new Error(`${control.id} reads ${name}, which it does not declare`);
      return relative.found.map((other) => viewOf(other, relative.need, blame, read));
    };
    const open: Context['open'] = (name) => {
      const need = control.related[name];
      if (!need) throw new Error(`${control.id} asks for ${name}, which it does not declare`);
      const asked = here.filter((reading) => isAskedOf(reading, need));
      const lacking = [...openIn(asked, due), ...lost];
      return lacking.length === 0 ? null : lacking.join('; ');
    };
    return { related, open, blame, read, lacking: () => [...openIn(here, due), ...lost] };
  };

  const verdicts: Verdict[] = [];
  for (const subject of evidence.subjects.of(control.over.kind)) {
    const { source } = subject;
    const whole = wholes.get(source);
    if (!whole) continue;
    const { related, open, blame, read, lacking } = lookingAt(source, subject);
    const once: Context['once'] = (name, make) => {
      if (!whole.made.has(name)) whole.made.set(name, make(lookingAt(source, null)));
      return whole.made.get(name) as ReturnType<typeof make>;
    };
    const finding = control.test(
      viewOf(subject, control.over, blame, read) as View<never>,
      { ...context, related, open, once } as Context as Context<never, never>,
    );
    verdicts.push(verdictOf(subject, settle(finding, lacking()), [...read.values()]));
  }

  const because = [
    ...shortfalls(readings),
    ...evidence.subjects.contradictions
      .filter((each) => concernsAny(each, needs, ids))
      .map(contradictionText),
  ];
  for (const { id } of concerned) {
    const listed = readings.some(({ source, kinds }) => source === id && kinds[control.over.kind]?.lists);
    if (!listed) because.push(`${id}: no dataset that was due lists ${control.population}`);
    because.push(...(strays.get(id) ?? []).map((text) => `${id}: ${text}`));
  }
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

/** Sources number their things by themselves: an exception that names no source means a thing that only one of them has. */
function isAbout({ source, subjects }: Exception, verdict: Verdict, all: readonly Verdict[]): boolean {
  if (!subjects.includes(verdict.subject)) return false;
  if (source !== undefined) return source === verdict.source;
  return all.every((other) => other.subject !== verdict.subject || other.source === verdict.source);
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

/** Ids and partitions of these subjects, and whatever is due besides. */
function dueOf(subjects: readonly Subject[], besides?: Due): Due {
  const own = new Set(subjects.flatMap(({ id, partitions }) => [id, ...partitions]));
  if (!besides) return own;
  return {
    has: (key) => own.has(key) || besides.has(key),
    *[Symbol.iterator]() {
      yield* own;
      yield* besides;
    },
  };
}

/** Finds relatives by whom they belong to. Those of whom that is not known could belong to anybody. */
function indexOf(
  subjects: readonly Subject[],
  by: string | undefined,
): { readonly index: ReadonlyMap<string, readonly Subject[]>; readonly stray: readonly Subject[] } {
  const index = new Map<string, Subject[]>();
  const stray: Subject[] = [];
  for (const subject of subjects) {
    const value = by === undefined ? '' : subject.fields.get(by)?.value;
    if (typeof value !== 'string') {
      stray.push(subject);
      continue;
    }
    const key = keyOf(subject.source, value);
    const list = index.get(key) ?? [];
    if (list.length === 0) index.set(key, list);
    list.push(subject);
  }
  return { index, stray };
}

function strayed({ kind, by = '' }: Need, stray: readonly Subject[], source: string): string[] {
  const found = stray.filter((subject) => subject.source === source);
  const [first] = found;
  return first ? [`${by} of ${found.length} ${kind} is not known, of ${first.id} for one`] : [];
}

/** What a control needs and no dataset that was due tells at all. */
function unspoken(readings: readonly Reading[], needs: readonly Need[]): string[] {
  const silent = needs.filter((need) => !readings.some((reading) => isAskedOf(reading, need)));
  return [...new Set(silent.map(({ kind }) => `no dataset that was due speaks of ${kind}`))];
}

const keyOf = (source: string, id: string) => JSON.stringify([source, id]);

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

function verdictOf(subject: Subject, { status, reason }: Finding, evidence: Verdict['evidence']): Verdict {
  const name = subject.fields.get('name')?.value;
  return {
    source: subject.source,
    subject: subject.id,
    name: typeof name === 'string' ? name : null,
    status,
    reason,
    evidence: evidence.length > 0 ? evidence : [...subject.citations],
  };
}
