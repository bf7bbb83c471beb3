import { partitionKey, type Contradiction, type Subject, type Subjects } from '../evidence-model/subject.ts';
import { whole, type PartitionLine, type Speech } from '../evidence-model/snapshot.ts';
import type { Reason } from '../evidence-model/outcome.ts';
import type { Context, Control, Need, View } from './control.ts';
import type { DeclaredSystem, Exception } from './declarations.ts';
import { worst, type Finding } from './finding.ts';
import { tally, type Result, type Verdict } from './result.ts';
import { viewOf, type Blame } from './view.ts';

/** What the judge knows of one dataset of one source: how far it was read. A dataset that was never read has no partitions and a reason. */
export interface Reading {
  readonly source: string;
  readonly collector: string;
  readonly dataset: string;
  readonly kinds: Readonly<Record<string, Speech>>;
  /** Fields that the absence from this listing speaks of, by kind. */
  readonly absence: Readonly<Record<string, readonly string[]>>;
  readonly partitions: readonly Pick<PartitionLine, 'id' | 'outcome' | 'reasons'>[];
  /** Reasons that concern the whole of it. */
  readonly reasons: readonly Reason[];
  readonly complete: boolean;
}

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
    index: indexOf(evidence.subjects.of(need.kind), need.by),
  }));
  const context = {
    parameters: control.parameters.parse(parameters ?? {}),
    asOf: evidence.asOf,
  };

  const verdicts: Verdict[] = [];
  for (const subject of evidence.subjects.of(control.over.kind)) {
    if (!ids.has(subject.source)) continue;
    const here = readings.filter(({ source }) => source === subject.source);
    const read = new Map<string, Verdict['evidence'][number]>();
    const touched: Subject[] = [subject];
    const relatives = new Map(
      relations.map(({ name, need, index }) => {
        const found = index.get(keyOf(subject.source, need.by === undefined ? '' : subject.id)) ?? [];
        touched.push(...found);
        return [name, { need, found }] as const;
      }),
    );
    const due = new Set(touched.flatMap(({ id, partitions }) => [id, ...partitions]));
    const blame: Blame = (kind, field, id) => blameFor(here, kind, field, id, due);
    const related: Context['related'] = (name) => {
      const relative = relatives.get(name);
      if (!relative) throw new Error(`${control.id} reads ${name}, which it does not declare`);
      return relative.found.map((other) => viewOf(other, relative.need, blame, read));
    };
    const open: Context['open'] = (name) => {
      const need = control.related[name];
      if (!need) throw new Error(`${control.id} asks for ${name}, which it does not declare`);
      const lacking = openIn(
        here.filter((reading) => isAskedOf(reading, need)),
        due,
      );
      return lacking.length === 0 ? null : lacking.join('; ');
    };
    const view = viewOf(subject, control.over, blame, read);
    const finding = control.test(
      view as View<never>,
      { ...context, related, open } as Context as Context<never, never>,
    );
    verdicts.push(verdictOf(subject, settle(finding, here, due), [...read.values()]));
  }

  const because = [
    ...shortfalls(readings),
    ...evidence.subjects.contradictions
      .filter((each) => concernsAny(each, needs, ids))
      .map(contradictionText),
  ];
  if (!readings.some((reading) => reading.kinds[control.over.kind]?.lists))
    because.push(`no dataset that was due lists ${control.population}`);
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
  if (mine.length === 0) return result;
  const verdicts = result.verdicts.map((verdict) => {
    const found = mine.find(({ subjects }) => subjects.includes(verdict.subject));
    if (!found || verdict.status !== 'fail') return verdict;
    const { id, safeguard } = found;
    if (day < found.start || day > found.end)
      return {
        ...verdict,
        reason: `${verdict.reason}; exception ${id} is not in force (${found.start} to ${found.end})`,
      };
    if (safeguard.control !== undefined && !holds(safeguard.control))
      return {
        ...verdict,
        reason: `${verdict.reason}; exception ${id} does not hold: its safeguard ${safeguard.control} does not pass`,
      };
    const accepted = `accepted until ${found.end} by exception ${id} (${found.class}); safeguard: ${safeguard.text}`;
    return { ...verdict, status: 'excepted' as const, reason: `${verdict.reason}; ${accepted}` };
  });
  const incomplete = result.because.length > 0 && result.population.total > 0 ? (['no-data'] as const) : [];
  return {
    ...result,
    verdicts,
    population: tally(verdicts),
    status: worst([...incomplete, ...verdicts.map(({ status }) => status)]),
  };
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

function isAskedOf(reading: Reading, need: Need): boolean {
  const { fields } = need;
  const speech = reading.kinds[need.kind];
  const implied = reading.absence[need.kind] ?? [];
  return (
    (speech !== undefined && (speech.lists || speech.speaks.some((field) => fields.includes(field)))) ||
    implied.some((field) => fields.includes(field))
  );
}

function indexOf(subjects: readonly Subject[], by: string | undefined): Map<string, Subject[]> {
  const index = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const value = by === undefined ? '' : subject.fields.get(by)?.value;
    if (typeof value !== 'string') continue;
    const key = keyOf(subject.source, value);
    const list = index.get(key) ?? [];
    if (list.length === 0) index.set(key, list);
    list.push(subject);
  }
  return index;
}

const keyOf = (source: string, id: string) => JSON.stringify([source, id]);

/** A partition concerns a subject that was found in it, that it is named after, or that it holds with all others. */
function concerns(reading: Reading, partition: string, due: ReadonlySet<string>): boolean {
  return (
    partition === whole ||
    due.has(partition) ||
    due.has(partitionKey(reading.dataset, partition)) ||
    [...due].some((key) => key.endsWith(` ${partition}`))
  );
}

/** A pass stands only where everything that it was due to be read from was wholly read. */
function settle(finding: Finding, readings: readonly Reading[], due: ReadonlySet<string>): Finding {
  if (finding.status !== 'pass' && finding.status !== 'not-applicable') return finding;
  const open = openIn(readings, due);
  return open.length === 0 ? finding : { status: 'no-data', reason: open.join('; ') };
}

/** What of these readings was not wholly read, as far as it concerns what is due. */
function openIn(readings: readonly Reading[], due: ReadonlySet<string>): string[] {
  const open = readings.flatMap((reading) => [
    ...reading.reasons.map(({ text }) => `${reading.dataset}: ${text}`),
    ...reading.partitions
      .filter(({ id, outcome }) => outcome !== 'complete' && concerns(reading, id, due))
      .map((partition) => shortfall(reading, partition)),
  ]);
  return [...new Set(open)];
}

function blameFor(
  readings: readonly Reading[],
  kind: string,
  field: string,
  id: string,
  due: ReadonlySet<string>,
): string {
  const speakers = readings.filter(
    (reading) => reading.kinds[kind]?.speaks.includes(field) || reading.absence[kind]?.includes(field),
  );
  if (speakers.length === 0) return `no dataset that was due tells ${field}`;
  const open = openIn(speakers, due);
  if (open.length > 0) return open.join('; ');
  return `${speakers.map(({ dataset }) => dataset).join(' and ')} ${speakers.length === 1 ? 'does' : 'do'} not tell ${field} of ${id}`;
}

function shortfall(reading: Reading, partition: Reading['partitions'][number]): string {
  const where = partition.id === whole ? '' : ` of ${partition.id}`;
  const reasons = partition.reasons.map(({ text, grant }) =>
    grant.length > 0 ? `${text} (grant: ${grant.join(', ')})` : text,
  );
  return `${reading.dataset}${where} is ${partition.outcome}: ${reasons.join('; ')}`;
}

function shortfalls(readings: readonly Reading[]): string[] {
  const lines = readings.flatMap((reading) => [
    ...reading.reasons.map(({ text }) => `${reading.source}: ${reading.dataset}: ${text}`),
    ...reading.partitions
      .filter(({ outcome }) => outcome !== 'complete')
      .map((partition) => `${reading.source}: ${shortfall(reading, partition)}`),
  ]);
  return [...new Set(lines)];
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
