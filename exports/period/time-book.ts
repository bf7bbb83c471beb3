import type { Control } from '../../controls/control.ts';
import { worst } from '../../controls/finding.ts';
import type { Population as Tally, Result, Verdict } from '../../controls/result.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import { DirectoryChange } from '../../evidence-model/kinds.ts';
import { compare } from '../../evidence-model/subject.ts';
import { own } from '../coverage.ts';
import type { ClosedNight } from '../history.ts';
import type { JudgedNight } from '../judge-night.ts';
import { looksAt } from '../same-inputs.ts';
import { LogBook, scopeOf, type LogBookData, type Scoped } from './log-book.ts';
import { populations, type Population } from './populations.ts';
import { Series, type Look, type SeriesData, type State } from './series.ts';
import { Things, type Thing } from './things.ts';

/** A slot that was read, closed and judged. */
export interface BookNight {
  readonly slot: string;
  readonly due: string;
  readonly kind: 'scheduled' | 'manual' | 'unannounced';
  /** When it was opened. It read nothing before. */
  readonly begun: string;
  /** When it was closed: what it says is said of this moment. */
  readonly at: string;
  readonly plan: Digest;
  readonly rehearsal: boolean;
  /** The closing line of the ledger and the digest that it names, which all lines before it lead to. */
  readonly line: number;
  readonly prev: string;
}

/** What a control came to as a whole, from one night until the next span. */
export interface ResultSpan {
  readonly from: number;
  readonly status: Result['status'];
  readonly because: readonly string[];
  readonly population: Tally;
}

/** Why something failed or was excepted, as it was said when that began. */
export interface Reason {
  readonly thing: number;
  readonly from: number;
  readonly text: string;
}

/** A line of a log of the source about something that is counted. */
export interface LogEvent {
  readonly source: string;
  readonly id: string;
  readonly at: string;
  readonly activity: string;
  readonly targets: readonly string[];
}

/** What nights told of a control or a population at one source, of one scope: what is read elsewhere under its name is not it. */
export interface Told {
  readonly source: string;
  /** As canonical JSON. */
  readonly scope: string;
  readonly series: Series;
  readonly reasons: Reason[];
  /** Of what happened: when, by the number of the thing. */
  readonly times: Map<number, string>;
}

interface ResultTold {
  readonly looks: Look[];
  readonly spans: ResultSpan[];
}

/** The whole book as data, from which the same book is made again. */
export interface BookData {
  readonly nights: readonly BookNight[];
  readonly things: readonly Thing[];
  readonly series: readonly (SeriesData & {
    readonly id: string;
    readonly source: string;
    readonly scope: string;
    readonly reasons: readonly Reason[];
    readonly times: readonly (readonly [thing: number, at: string])[];
  })[];
  readonly results: readonly {
    readonly control: string;
    readonly looks: readonly Look[];
    readonly spans: readonly ResultSpan[];
  }[];
  readonly events: readonly LogEvent[];
  readonly logs: LogBookData;
}

/** What a directory's log says of who comes and goes: https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities */
const comingAndGoing =
  /^(Add user|Invite external user|Delete user|Hard Delete user|Restore user|Add (eligible )?member to role|Remove (eligible )?member from role)/;

/**
 * What judging night after night came to, folded while it is judged: each control and each population at each source as
 * spans of time. It is derived, can be made again, and is never the truth.
 */
export class TimeBook {
  readonly nights: BookNight[];
  readonly things: Things;
  readonly events: LogEvent[];
  readonly logs: LogBook;
  readonly #series = new Map<string, Told>();
  readonly #results = new Map<string, ResultTold>();
  readonly #eventIds: Set<string>;

  constructor(
    data: Omit<BookData, 'logs'> & { readonly logs?: LogBookData } = {
      ...{ nights: [], things: [], series: [], results: [], events: [] },
    },
  ) {
    this.nights = [...data.nights];
    this.things = new Things(data.things);
    this.events = [...data.events];
    this.logs = new LogBook(data.logs);
    this.#eventIds = new Set(data.events.map(keyOfEvent));
    for (const { id, source, scope, reasons, times, ...series } of data.series)
      this.#series.set(keyOf(id, source, scope), {
        source,
        scope,
        series: new Series(series),
        reasons: [...reasons],
        times: new Map(times),
      });
    for (const { control, looks, spans } of data.results)
      this.#results.set(control, { looks: [...looks], spans: [...spans] });
  }

  get data(): BookData {
    return {
      nights: this.nights,
      things: this.things.all,
      series: [...this.#series].map(([key, { source, scope, series, reasons, times }]) => {
        const [id = ''] = JSON.parse(key) as string[];
        return { id, source, scope, ...series.data, reasons, times: [...times] };
      }),
      results: [...this.#results].map(([control, told]) => ({ control, ...told })),
      events: this.events,
      logs: this.logs.data,
    };
  }

  /** Folds a night in. `controls` are those that it was judged by. */
  take({ slot, open, close }: ClosedNight, judged: JudgedNight, controls: readonly Control[]): void {
    const night = this.nights.length;
    const { kind, due } = open;
    this.nights.push({
      slot,
      due,
      kind,
      begun: open.t,
      at: judged.asOf,
      plan: judged.planDigest,
      rehearsal: judged.rehearsal,
      line: close.n,
      prev: close.prev,
    });
    const byId = new Map(controls.map((control) => [control.id, control]));
    for (const { control: id, result } of judged.results()) {
      const control = byId.get(id);
      if (control && readAll(judged, kind, (reading) => looksAt(control, reading)))
        this.#takeResult(night, control, judged, result);
    }
    for (const population of populations)
      for (const source of judged.plan.sources)
        if (source.collector === population.collector)
          this.#takePopulation(night, population, source, judged, kind);
    this.#takeEvents(judged);
    this.logs.take(night, judged, controls, (control) => this.result(control)?.looks[night] === 'wholly');
  }

  /** What is told of a control, or of `population/<id>`, at each source and scope. */
  toldOf(id: string): readonly Told[] {
    return [...this.#series]
      .flatMap(([key, told]) => ((JSON.parse(key) as string[])[0] === id ? [told] : []))
      .sort((a, b) => compare(a.source, b.source));
  }

  result(control: string): ResultTold | null {
    return this.#results.get(control) ?? null;
  }

  get controls(): readonly string[] {
    return [...this.#results.keys()].sort(compare);
  }

  #takeResult(night: number, control: Control, judged: JudgedNight, result: Result | null): void {
    const told = this.#results.get(control.id) ?? { looks: [], spans: [] };
    this.#results.set(control.id, told);
    while (told.looks.length < night) told.looks.push('not');
    const concerned = [...judged.plan.sources, own].filter(({ collector }) =>
      control.collectors.includes(collector),
    );
    if (result === null) {
      told.looks.push(told.looks.findLast((look) => look !== 'not') ?? 'partly');
      for (const source of concerned) this.#told(control.id, source).series.same(night);
      return;
    }
    const { status, because, population, verdicts } = result;
    // Where there are none the result says so, which is no reason why there may be more.
    const none = verdicts.length === 0 && status === 'not-applicable' && concerned.length > 0;
    const look = because.length === 0 || none ? 'wholly' : 'partly';
    told.looks.push(look);
    const span = { status, because, population };
    const last = told.spans.at(-1);
    if (!last || JSON.stringify({ ...last, from: night }) !== JSON.stringify({ from: night, ...span }))
      told.spans.push({ from: night, ...span });
    const here = Map.groupBy(verdicts, ({ source }) => source);
    const whenOf = control.days === undefined ? null : timesOf(control, judged);
    for (const each of concerned) {
      const { id: source } = each;
      const { series, reasons, times } = this.#told(control.id, each);
      // Kinds number their things by themselves: of several that are called alike the worst is told.
      const states = new Map<number, Verdict['status']>();
      const found = (here.get(source) ?? []).map((verdict) => {
        const thing = this.things.numberOf({ source, id: verdict.subject, name: verdict.name });
        states.set(thing, worst([verdict.status, states.get(thing) ?? verdict.status]));
        const at = whenOf?.get(keyOf(source, verdict.subject));
        if (at !== undefined) times.set(thing, at);
        return { thing, verdict };
      });
      for (const { thing, verdict } of found) {
        const { status: state, reason: text } = verdict;
        if (state !== 'fail' && state !== 'excepted') continue;
        if (state === states.get(thing) && series.state(thing) !== state)
          reasons.push({ thing, from: night, text });
      }
      series.take(night, look, states);
    }
  }

  #takePopulation(
    night: number,
    { id, kind, member }: Population,
    planned: Scoped,
    judged: JudgedNight,
    slotKind: BookNight['kind'],
  ): void {
    const { id: source } = planned;
    const listing = judged.datasets.filter((each) => {
      const kinds = each.snapshot?.header.kinds ?? dueOf(judged, each)?.kinds ?? {};
      return each.source === source && (kinds[kind]?.lists ?? false) !== false;
    });
    const slot = this.nights[night]?.slot;
    if (listing.length === 0) return;
    const isRead = listing.every((each) => each.slot === slot);
    // A night in which it was due and nobody read it looked and saw nothing; one by hand did not look.
    if (!isRead && slotKind === 'manual') return;
    const complete = listing.every(
      ({ snapshot, reasons, slot: read }) =>
        read === slot && snapshot?.end.outcome === 'complete' && reasons.length === 0,
    );
    const look = complete ? 'wholly' : 'partly';
    const { series } = this.#told(`population/${id}`, planned);
    const isSame = judged.sameKind(kind, keyOf(id, source)) && this.nights.at(-2)?.plan === judged.planDigest;
    if (isSame && isRead && series.nights === night && series.look(night - 1) === look) {
      series.same(night);
      return;
    }
    const states = new Map<number, State>();
    if (isRead)
      for (const subject of judged.subjects.of(kind)) {
        if (subject.source !== source) continue;
        const { id: of, is } = member(subject, judged.plan);
        if (is === false) continue;
        const name = subject.fields.get('name')?.value;
        const thing = this.things.numberOf({
          source,
          id: of,
          name: of === subject.id && typeof name === 'string' ? name : null,
        });
        // Whoever is one by one of several facts is one.
        if (is || !states.has(thing)) states.set(thing, is ? 'present' : 'unknown');
      }
    series.take(night, look, states);
  }

  #takeEvents({ plan, subjects, datasets }: JudgedNight): void {
    const isTold = datasets.some(
      ({ snapshot }) => snapshot !== null && DirectoryChange.name in snapshot.header.kinds,
    );
    if (!isTold) return;
    const sources = new Set(plan.sources.map(({ id }) => id));
    for (const { source, id, fields } of subjects.of(DirectoryChange.name)) {
      const value = (field: string) => fields.get(field)?.value;
      const [at, activity, targets] = [value('at'), value('activity'), value('targets')];
      if (!sources.has(source) || value('succeeded') !== true) continue;
      if (typeof at !== 'string' || typeof activity !== 'string' || !Array.isArray(targets)) continue;
      if (!comingAndGoing.test(activity)) continue;
      const event = { source, id, at, activity, targets: targets.map(String) };
      if (this.#eventIds.has(keyOfEvent(event))) continue;
      this.#eventIds.add(keyOfEvent(event));
      this.events.push(event);
    }
  }

  #told(id: string, read: Scoped): Told {
    const { id: source } = read;
    const scope = scopeOf(read);
    const key = keyOf(id, source, scope);
    const known = this.#series.get(key);
    if (known) return known;
    const made = { source, scope, series: new Series(), reasons: [], times: new Map<number, string>() };
    this.#series.set(key, made);
    return made;
  }
}

const keyOf = (...names: readonly string[]) => JSON.stringify(names);
const keyOfEvent = ({ source, id }: Pick<LogEvent, 'source' | 'id'>) => keyOf(id, source);

type Due = JudgedNight['plan']['sources'][number]['datasets'][number];

function dueOf({ plan }: JudgedNight, { source, dataset }: JudgedNight['datasets'][number]): Due | undefined {
  return plan.sources.find(({ id }) => id === source)?.datasets.find(({ id }) => id === dataset);
}

/**
 * Whether a slot looked at something: every night did, also where nothing came of it; a reading by hand only where all
 * that is looked at was read in it, so that what an earlier one saw is not said of a later moment.
 */
function readAll(
  judged: JudgedNight,
  kind: BookNight['kind'],
  isLookedAt: (reading: Parameters<typeof looksAt>[1]) => boolean,
): boolean {
  if (kind === 'scheduled') return true;
  return judged.datasets.every((each) => {
    const due = dueOf(judged, each);
    if (!due || due.cadence === 'weekly') return true;
    const absence = Object.fromEntries(due.absence.map(({ kind: of, means }) => [of, Object.keys(means)]));
    const asked = isLookedAt({ collector: each.collector, kinds: due.kinds, absence });
    return !asked || each.slot === judged.slot;
  });
}

/** When what a control over what happened counts did happen, by source and id. */
function timesOf({ parts }: Control, { subjects }: JudgedNight): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { over } of parts)
    for (const { source, id, fields } of over.at === undefined ? [] : subjects.of(over.kind)) {
      const at = fields.get(over.at ?? '')?.value;
      if (typeof at === 'string') found.set(keyOf(source, id), at);
    }
  return found;
}
